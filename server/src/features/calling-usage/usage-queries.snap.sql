SELECT p.org_uuid AS org, p.location AS location_name, u.* EXCEPT place_key FROM (
      SELECT place_key,
        arrayUniq(groupArrayIf(session_key, bitAnd(counted_as, 2) != 0)) AS calls,
        countIf(bitAnd(counted_as, 1) != 0) AS callLegs,
        intDiv(sumIf(toUInt64(duration), bitAnd(counted_as, 4) != 0) + 30, 60) AS callMinutes,
        countIf(bitAnd(counted_as, 8) != 0) AS deskPhoneLegs,
        countIf(bitAnd(counted_as, 16) != 0) AS roomDeviceLegs,
        countIf(bitAnd(counted_as, 32) != 0) AS otherDeviceLegs,
        arrayUniq(groupArrayIf(call_key, bitAnd(counted_as, 64) != 0)) AS huntGroupCalls,
        arrayUniq(groupArrayIf(call_key, bitAnd(counted_as, 128) != 0)) AS autoAttendantCalls,
        arrayUniq(groupArrayIf(call_key, bitAnd(counted_as, 256) != 0)) AS queueCalls,
        sumIf(toUInt64(duration), bitAnd(counted_as, 4) != 0) AS call_seconds
      FROM @region.call_leg
      WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0)
      AND day BETWEEN {from:Date} AND {to:Date}
      GROUP BY place_key) AS u
    ANY INNER JOIN (SELECT place_key, org_uuid, location FROM @region.place WHERE partner_id = {scopePartner:UUID}) AS p USING place_key
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","newest":7,"open":[],"from":"2026-11-01","to":"2026-11-30"}

SELECT p.org_uuid AS org, p.location AS location_name, u.* EXCEPT place_key FROM (
      SELECT place_key, sum(documented_poor) AS poorLegs, sum(video_milliseconds) AS videoMilliseconds,
        sum(audio_legs) AS audioLegs, sum(video_legs) AS videoLegs
      FROM @region.media_rollup
      WHERE partner_id = {scopePartner:UUID} AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND day BETWEEN {from:Date} AND {to:Date}
      GROUP BY place_key HAVING sum(legs) != 0) AS u
    ANY INNER JOIN (SELECT place_key, org_uuid, location FROM @region.place WHERE partner_id = {scopePartner:UUID}) AS p USING place_key
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","newest":7,"open":[],"from":"2026-11-01","to":"2026-11-30"}

SELECT p.org_uuid AS org, p.location AS location_name, u.* EXCEPT place_key FROM (
      SELECT place_key, sum(ifNull(timed_out_calls, 0)) AS queueCallsTimedOut, sum(ifNull(overflowed_calls, 0)) AS queueCallsOverflowed, sum(ifNull(transferred_calls, 0)) AS queueCallsTransferred, sum(ifNull(abandoned_calls, 0)) AS queueCallsAbandoned
      FROM @region.call_queue_stat
      WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0) AND period_from >= {from:Date} AND period_to <= {to:Date}
      GROUP BY place_key) AS u
    ANY INNER JOIN (SELECT place_key, org_uuid, location FROM @region.place WHERE partner_id = {scopePartner:UUID}) AS p USING place_key
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","newest":7,"open":[],"from":"2026-11-01","to":"2026-11-30"}

SELECT toString(org_uuid) AS org FROM (SELECT org_uuid FROM @region.media_week_rollup WHERE partner_id = {scopePartner:UUID} AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} GROUP BY org_uuid HAVING sum(legs) > 0)
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","newest":7,"open":[]}

SELECT toString(org_uuid) AS org FROM (SELECT org_uuid FROM @region.call_queue_stat WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0) GROUP BY org_uuid)
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","newest":7,"open":[]}

SELECT 1 AS one FROM @region.call_leg WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0) LIMIT 1
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","newest":7,"open":[]}

SELECT p.org_uuid AS org, p.location AS location_name, u.* EXCEPT place_key FROM (
      SELECT place_key,
        arrayUniq(groupArrayIf(session_key, bitAnd(counted_as, 2) != 0)) AS calls,
        countIf(bitAnd(counted_as, 1) != 0) AS callLegs,
        intDiv(sumIf(toUInt64(duration), bitAnd(counted_as, 4) != 0) + 30, 60) AS callMinutes,
        countIf(bitAnd(counted_as, 8) != 0) AS deskPhoneLegs,
        countIf(bitAnd(counted_as, 16) != 0) AS roomDeviceLegs,
        countIf(bitAnd(counted_as, 32) != 0) AS otherDeviceLegs,
        arrayUniq(groupArrayIf(call_key, bitAnd(counted_as, 64) != 0)) AS huntGroupCalls,
        arrayUniq(groupArrayIf(call_key, bitAnd(counted_as, 128) != 0)) AS autoAttendantCalls,
        arrayUniq(groupArrayIf(call_key, bitAnd(counted_as, 256) != 0)) AS queueCalls,
        sumIf(toUInt64(duration), bitAnd(counted_as, 4) != 0) AS call_seconds
      FROM @region.call_leg
      WHERE partner_id = {scopePartner:UUID} AND org_uuid IN (SELECT org_uuid FROM @region.scope_member WHERE partner_id = {scopePartner:UUID} AND scope_key = {scopeKey:UUID})
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0 OR replaced_by IN {undone:Array(UInt32)})
      AND (report_id, batch) NOT IN (
        SELECT report_id, old_batch FROM @region.superseded
        WHERE partner_id = {scopePartner:UUID} AND by_batch IN {superseding:Array(UInt32)})
      AND day BETWEEN {from:Date} AND {to:Date} AND org_uuid = {orgUuid:UUID} AND transform(location, ['NA', 'na'], ['', '']) = {location:String}
      GROUP BY place_key) AS u
    ANY INNER JOIN (SELECT place_key, org_uuid, location FROM @region.place WHERE partner_id = {scopePartner:UUID}) AS p USING place_key
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","scopeKey":"d4d4d4d4-0000-4000-8000-000000000004","newest":7,"open":[5,7],"superseding":[3],"undone":[5],"from":"2026-11-01","to":"2026-11-30","orgUuid":"b2b2b2b2-0000-4000-8000-000000000002","location":"Sofia"}

SELECT p.org_uuid AS org, p.location AS location_name, u.* EXCEPT place_key FROM (
      SELECT place_key, toInt64(countIf(if(ifNull(video_duration, 0) > 0, least(multiIf(ifNull(audio_jitter >= 150, false) OR ifNull(audio_latency >= 400, false) OR ifNull(audio_packet_loss >= 5, false), -1,
      isNull(audio_jitter) OR isNull(audio_latency) OR isNull(audio_packet_loss), 0, 1), multiIf(ifNull(video_jitter >= 150, false) OR ifNull(video_latency >= 400, false) OR ifNull(video_packet_loss >= 5, false), -1,
      isNull(video_jitter) OR isNull(video_latency) OR isNull(video_packet_loss), 0, 1)), multiIf(ifNull(audio_jitter >= 150, false) OR ifNull(audio_latency >= 400, false) OR ifNull(audio_packet_loss >= 5, false), -1,
      isNull(audio_jitter) OR isNull(audio_latency) OR isNull(audio_packet_loss), 0, 1)) = -1)) AS poorLegs, toInt64(sum(round(ifNull(video_duration, 0) * 1000))) AS videoMilliseconds,
        toInt64(countIf(isNotNull(audio_jitter) OR isNotNull(audio_latency) OR isNotNull(audio_packet_loss))) AS audioLegs, toInt64(countIf(ifNull(video_duration, 0) > 0)) AS videoLegs
      FROM @region.media_quality
      WHERE partner_id = {scopePartner:UUID} AND org_uuid IN (SELECT org_uuid FROM @region.scope_member WHERE partner_id = {scopePartner:UUID} AND scope_key = {scopeKey:UUID})
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0 OR replaced_by IN {undone:Array(UInt32)})
      AND (record_id, batch) NOT IN (
        SELECT report_id, old_batch FROM @region.superseded
        WHERE partner_id = {scopePartner:UUID} AND by_batch IN {superseding:Array(UInt32)}) AND org_uuid = {orgUuid:UUID} AND place_key IN (SELECT place_key FROM @region.place WHERE partner_id = {scopePartner:UUID} AND location = {location:String}) AND day BETWEEN {from:Date} AND {to:Date}
      GROUP BY place_key HAVING toInt64(countIf(true)) != 0) AS u
    ANY INNER JOIN (SELECT place_key, org_uuid, location FROM @region.place WHERE partner_id = {scopePartner:UUID}) AS p USING place_key
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","scopeKey":"d4d4d4d4-0000-4000-8000-000000000004","newest":7,"open":[5,7],"superseding":[3],"undone":[5],"orgUuid":"b2b2b2b2-0000-4000-8000-000000000002","location":"Sofia","from":"2026-11-01","to":"2026-11-30"}

SELECT p.org_uuid AS org, p.location AS location_name, u.* EXCEPT place_key FROM (
      SELECT place_key, sum(ifNull(timed_out_calls, 0)) AS queueCallsTimedOut, sum(ifNull(overflowed_calls, 0)) AS queueCallsOverflowed, sum(ifNull(transferred_calls, 0)) AS queueCallsTransferred, sum(ifNull(abandoned_calls, 0)) AS queueCallsAbandoned
      FROM @region.call_queue_stat
      WHERE partner_id = {scopePartner:UUID} AND org_uuid IN (SELECT org_uuid FROM @region.scope_member WHERE partner_id = {scopePartner:UUID} AND scope_key = {scopeKey:UUID})
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0 OR replaced_by IN {undone:Array(UInt32)})
      AND (record_id, batch) NOT IN (
        SELECT report_id, old_batch FROM @region.superseded
        WHERE partner_id = {scopePartner:UUID} AND by_batch IN {superseding:Array(UInt32)}) AND org_uuid = {orgUuid:UUID} AND place_key IN (SELECT place_key FROM @region.place WHERE partner_id = {scopePartner:UUID} AND location = {location:String}) AND period_from >= {from:Date} AND period_to <= {to:Date}
      GROUP BY place_key) AS u
    ANY INNER JOIN (SELECT place_key, org_uuid, location FROM @region.place WHERE partner_id = {scopePartner:UUID}) AS p USING place_key
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","scopeKey":"d4d4d4d4-0000-4000-8000-000000000004","newest":7,"open":[5,7],"superseding":[3],"undone":[5],"orgUuid":"b2b2b2b2-0000-4000-8000-000000000002","location":"Sofia","from":"2026-11-01","to":"2026-11-30"}

SELECT toString(org_uuid) AS org FROM (SELECT org_uuid FROM @region.media_quality WHERE partner_id = {scopePartner:UUID} AND org_uuid IN (SELECT org_uuid FROM @region.scope_member WHERE partner_id = {scopePartner:UUID} AND scope_key = {scopeKey:UUID})
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0 OR replaced_by IN {undone:Array(UInt32)})
      AND (record_id, batch) NOT IN (
        SELECT report_id, old_batch FROM @region.superseded
        WHERE partner_id = {scopePartner:UUID} AND by_batch IN {superseding:Array(UInt32)}) GROUP BY org_uuid)
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","scopeKey":"d4d4d4d4-0000-4000-8000-000000000004","newest":7,"open":[5,7],"superseding":[3],"undone":[5]}

SELECT toString(org_uuid) AS org FROM (SELECT org_uuid FROM @region.call_queue_stat WHERE partner_id = {scopePartner:UUID} AND org_uuid IN (SELECT org_uuid FROM @region.scope_member WHERE partner_id = {scopePartner:UUID} AND scope_key = {scopeKey:UUID})
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0 OR replaced_by IN {undone:Array(UInt32)})
      AND (record_id, batch) NOT IN (
        SELECT report_id, old_batch FROM @region.superseded
        WHERE partner_id = {scopePartner:UUID} AND by_batch IN {superseding:Array(UInt32)}) GROUP BY org_uuid)
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","scopeKey":"d4d4d4d4-0000-4000-8000-000000000004","newest":7,"open":[5,7],"superseding":[3],"undone":[5]}

SELECT 1 AS one FROM @region.call_leg WHERE partner_id = {scopePartner:UUID} AND org_uuid IN (SELECT org_uuid FROM @region.scope_member WHERE partner_id = {scopePartner:UUID} AND scope_key = {scopeKey:UUID})
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0 OR replaced_by IN {undone:Array(UInt32)})
      AND (report_id, batch) NOT IN (
        SELECT report_id, old_batch FROM @region.superseded
        WHERE partner_id = {scopePartner:UUID} AND by_batch IN {superseding:Array(UInt32)}) LIMIT 1
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","scopeKey":"d4d4d4d4-0000-4000-8000-000000000004","newest":7,"open":[5,7],"superseding":[3],"undone":[5]}

SELECT report_id, org_uuid, concat(replaceOne(toString(start_time), ' ', 'T'), 'Z') AS started, toString(transform(location, ['NA', 'na'], ['', ''])) AS location_name, user AS user_name,
  user_type, direction, calling_number, called_number, ifNull(answered, false) AS is_answered, duration, endpoint_type, call_outcome FROM @region.call_leg WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0)
      AND day BETWEEN {from:Date} AND {to:Date} AND org_uuid = {orgUuid:UUID} AND transform(location, ['NA', 'na'], ['', '']) = {location:String} AND (bitAnd(counted_as, 256) != 0) AND (positionCaseInsensitiveUTF8(user, {q:String}) > 0 OR position(calling_number, {q:String}) > 0 OR position(called_number, {q:String}) > 0) AND (start_time, report_id) < (parseDateTime64BestEffort({afterStart:String}, 3, 'UTC'), {afterReport:UUID}) ORDER BY start_time DESC, report_id DESC LIMIT {limit:UInt32}
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","newest":7,"open":[],"from":"2026-11-01","to":"2026-11-30","orgUuid":"b2b2b2b2-0000-4000-8000-000000000002","location":"Sofia","q":"O'Brien","afterStart":"2026-11-02T09:30:00.000Z","afterReport":"c3c3c3c3-0000-4000-8000-000000000003","limit":101}

SELECT count() AS legs, NULL AS calls FROM @region.call_leg WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0)
      AND day BETWEEN {from:Date} AND {to:Date} AND org_uuid = {orgUuid:UUID} AND is_person AND (
      (org_uuid, user_uuid, correlation_id) IN (SELECT org_uuid, user_uuid, correlation_id FROM @region.media_quality WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0)
      AND day BETWEEN {from:Date} AND {to:Date} AND org_uuid = {orgUuid:UUID} AND transform(location, ['NA', 'na'], ['', '']) = {location:String} AND (if(ifNull(video_duration, 0) > 0, greatest(multiIf(ifNull(audio_jitter <= 150, false) OR ifNull(audio_latency <= 400, false) OR ifNull(audio_packet_loss <= 5, false), 1,
      isNull(audio_jitter) OR isNull(audio_latency) OR isNull(audio_packet_loss), 0, -1), multiIf(ifNull(video_jitter <= 150, false) OR ifNull(video_latency <= 400, false) OR ifNull(video_packet_loss <= 5, false), 1,
      isNull(video_jitter) OR isNull(video_latency) OR isNull(video_packet_loss), 0, -1)), multiIf(ifNull(audio_jitter <= 150, false) OR ifNull(audio_latency <= 400, false) OR ifNull(audio_packet_loss <= 5, false), 1,
      isNull(audio_jitter) OR isNull(audio_latency) OR isNull(audio_packet_loss), 0, -1)) = -1) AND correlation_id != toUUID('00000000-0000-0000-0000-000000000000'))
      OR (org_uuid, user_uuid, call_id) IN (SELECT org_uuid, user_uuid, call_id FROM @region.media_quality WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0)
      AND day BETWEEN {from:Date} AND {to:Date} AND org_uuid = {orgUuid:UUID} AND transform(location, ['NA', 'na'], ['', '']) = {location:String} AND (if(ifNull(video_duration, 0) > 0, greatest(multiIf(ifNull(audio_jitter <= 150, false) OR ifNull(audio_latency <= 400, false) OR ifNull(audio_packet_loss <= 5, false), 1,
      isNull(audio_jitter) OR isNull(audio_latency) OR isNull(audio_packet_loss), 0, -1), multiIf(ifNull(video_jitter <= 150, false) OR ifNull(video_latency <= 400, false) OR ifNull(video_packet_loss <= 5, false), 1,
      isNull(video_jitter) OR isNull(video_latency) OR isNull(video_packet_loss), 0, -1)), multiIf(ifNull(audio_jitter <= 150, false) OR ifNull(audio_latency <= 400, false) OR ifNull(audio_packet_loss <= 5, false), 1,
      isNull(audio_jitter) OR isNull(audio_latency) OR isNull(audio_packet_loss), 0, -1)) = -1) AND call_id NOT IN ('', 'NA', 'na')))
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","newest":7,"open":[],"from":"2026-11-01","to":"2026-11-30","orgUuid":"b2b2b2b2-0000-4000-8000-000000000002","location":"Sofia"}

SELECT count() AS legs, uniqExact(place_key, call_key) AS calls FROM @region.call_leg WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0)
      AND start_time >= toDateTime64(1793484000, 3, 'UTC') AND start_time < toDateTime64(1796076000, 3, 'UTC')
      AND day BETWEEN toDate(toDateTime(1793484000, 'UTC')) AND toDate(toDateTime(1796076000, 'UTC')) AND (related_reason IN ('CallPark', 'CallParkRetrieve')) AND org_uuid NOT IN {among:Array(UUID)} AND org_uuid IN (SELECT org_uuid FROM @region.call_queue_stat WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0) GROUP BY org_uuid
     UNION DISTINCT SELECT org_uuid FROM @region.call_leg WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0) AND startsWith(user_type, 'CallCenter') GROUP BY org_uuid)
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","newest":7,"open":[],"from":"2026-11-01","to":"2026-11-30","among":["b2b2b2b2-0000-4000-8000-000000000002"]}

SELECT count() AS legs, NULL AS calls FROM @region.call_leg WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0)
      AND day BETWEEN {from:Date} AND {to:Date} AND org_uuid = {orgUuid:UUID} AND transform(location, ['NA', 'na'], ['', '']) = {location:String} AND (bitAnd(counted_as, 256) != 0) AND (bitAnd(counted_as, 256) != 0) AND user = {queue:String}
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","newest":7,"open":[],"from":"2026-11-01","to":"2026-11-30","orgUuid":"b2b2b2b2-0000-4000-8000-000000000002","location":"Sofia","queue":"Sales"}

SELECT report_id, org_uuid, concat(replaceOne(toString(start_time), ' ', 'T'), 'Z') AS started, toString(transform(location, ['NA', 'na'], ['', ''])) AS location_name, user AS user_name,
  user_type, direction, calling_number, called_number, ifNull(answered, false) AS is_answered, duration, endpoint_type, call_outcome, batch, emptied, [
      ifNull(concat(replaceOne(toString(start_time), ' ', 'T'), 'Z'), ''),
      ifNull(concat(replaceOne(toString(answer_time), ' ', 'T'), 'Z'), ''),
      ifNull(toString(duration), ''),
      ifNull(toString(calling_number), ''),
      ifNull(toString(called_number), ''),
      ifNull(toString(user), ''),
      ifNull(toString(calling_line_id), ''),
      ifNull(toString(called_line_id), ''),
      if(correlation_id = toUUID('00000000-0000-0000-0000-000000000000'), '', toString(correlation_id)),
      ifNull(toString(location), ''),
      ifNull(toString(inbound_trunk), ''),
      ifNull(toString(outbound_trunk), ''),
      ifNull(toString(route_group), ''),
      ifNull(toString(direction), ''),
      ifNull(toString(call_type), ''),
      ifNull(toString(client_type), ''),
      ifNull(toString(client_version), ''),
      ifNull(toString(sub_client_type), ''),
      ifNull(toString(os_type), ''),
      ifNull(toString(device_mac), ''),
      ifNull(toString(model), ''),
      ifNull(toString(answered), ''),
      ifNull(toString(international_country), ''),
      ifNull(toString(original_reason), ''),
      ifNull(toString(related_reason), ''),
      ifNull(toString(redirect_reason), ''),
      ifNull(toString(site_main_number), ''),
      ifNull(toString(site_timezone), ''),
      ifNull(toString(user_type), ''),
      ifNull(toString(call_id), ''),
      ifNull(toString(local_session_id), ''),
      ifNull(toString(remote_session_id), ''),
      if(user_uuid = toUUID('00000000-0000-0000-0000-000000000000'), '', toString(user_uuid)),
      if(org_uuid = toUUID('00000000-0000-0000-0000-000000000000'), '', toString(org_uuid)),
      if(report_id = toUUID('00000000-0000-0000-0000-000000000000'), '', toString(report_id)),
      ifNull(toString(department_id), ''),
      if(site_uuid = toUUID('00000000-0000-0000-0000-000000000000'), '', toString(site_uuid)),
      ifNull(toString(releasing_party), ''),
      ifNull(toString(redirecting_number), ''),
      ifNull(toString(transfer_related_call_id), ''),
      ifNull(toString(dialed_digits), ''),
      ifNull(toString(authorization_code), ''),
      ifNull(concat(replaceOne(toString(call_transfer_time), ' ', 'T'), 'Z'), ''),
      ifNull(toString(user_number), ''),
      ifNull(toString(local_call_id), ''),
      ifNull(toString(remote_call_id), ''),
      ifNull(toString(network_call_id), ''),
      ifNull(toString(related_call_id), ''),
      ifNull(toString(call_outcome), ''),
      ifNull(toString(call_outcome_reason), ''),
      ifNull(toString(final_local_session_id), ''),
      ifNull(toString(final_remote_session_id), ''),
      ifNull(toString(answer_indicator), ''),
      ifNull(toString(ring_duration), ''),
      ifNull(concat(replaceOne(toString(release_time), ' ', 'T'), 'Z'), ''),
      ifNull(concat(replaceOne(toString(report_time), ' ', 'T'), 'Z'), ''),
      ifNull(toString(pstn_legal_entity), ''),
      ifNull(toString(pstn_vendor_org_id), ''),
      ifNull(toString(pstn_vendor_name), ''),
      ifNull(toString(pstn_provider_id), ''),
      ifNull(toString(caller_id_number), ''),
      ifNull(toString(external_caller_id_number), ''),
      ifNull(toString(device_owner_uuid), ''),
      ifNull(toString(call_recording_platform_name), ''),
      ifNull(toString(call_recording_result), ''),
      ifNull(toString(call_recording_trigger), ''),
      ifNull(toString(redirecting_party_uuid), ''),
      ifNull(toString(public_calling_ip_address), ''),
      ifNull(toString(public_called_ip_address), ''),
      ifNull(toString(original_called_party_uuid), ''),
      ifNull(toString(recall_type), ''),
      ifNull(toString(hold_duration), ''),
      ifNull(toString(auto_attendant_key_pressed), ''),
      ifNull(toString(queue_type), ''),
      ifNull(toString(answered_elsewhere), ''),
      ifNull(toString(route_list_calls_overage), ''),
      ifNull(toString(caller_reputation_score), ''),
      ifNull(toString(caller_reputation_service_result), ''),
      ifNull(toString(caller_reputation_score_reason), ''),
      ifNull(toString(interaction_id), ''),
      ifNull(toString(wxcc_consult_merge_status), ''),
      ifNull(toString(elin), ''),
      ifNull(toString(emergency_number_source), '')] AS fields
     FROM @region.call_leg WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0)
      AND day BETWEEN {from:Date} AND {to:Date} AND report_id = {reportId:UUID} LIMIT 1
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","newest":7,"open":[],"from":"2026-11-01","to":"2026-11-30","reportId":"c3c3c3c3-0000-4000-8000-000000000003"}

SELECT org_uuid, toString(correlation_id) AS session FROM @region.call_leg WHERE partner_id = {scopePartner:UUID}
      AND batch <= {newest:UInt32} AND batch NOT IN {open:Array(UInt32)} AND (replaced_by = 0)
      AND day BETWEEN {from:Date} AND {to:Date} AND report_id = {reportId:UUID} LIMIT 1
-- {"scopePartner":"a1a1a1a1-0000-4000-8000-000000000001","newest":7,"open":[],"from":"2026-11-01","to":"2026-11-01","reportId":"c3c3c3c3-0000-4000-8000-000000000003"}
