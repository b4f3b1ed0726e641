using AiObs.Store;

namespace AiObs.Dashboard.Messages;

/// <summary>Model calls one after the other, as one conversation: each call is told all that was said before again, and a transcript has it once.</summary>
internal static class Transcript
{
    /// <summary>Makes a transcript of model calls with their content, in any order.</summary>
    public static IReadOnlyList<Turn> Of(IEnumerable<SpanRecord> calls)
    {
        var said = new Dictionary<string, IReadOnlyList<RecordedMessage>>(StringComparer.Ordinal);
        var turns = new List<Turn>();
        foreach (var call in calls.OrderBy(static call => call.Time).ThenBy(static call => call.SpanId, StringComparer.Ordinal))
        {
            var messages = MessageReader.Read(call.Content);
            var agent = call.Agent ?? string.Empty;
            turns.Add(new(call, [.. messages.Input.Skip(Known(messages.Input, said.GetValueOrDefault(agent, [])))], messages.Output));
            if (messages.Input.Count > 0)
            {
                said[agent] = [.. messages.Input, .. messages.Output];
            }
        }

        return turns;
    }

    /// <summary>Returns how many messages at the start were said already.</summary>
    private static int Known(IReadOnlyList<RecordedMessage> input, IReadOnlyList<RecordedMessage> before)
    {
        var count = 0;
        while (count < input.Count && count < before.Count && input[count].Says(before[count] with { FinishReason = null }))
        {
            count++;
        }

        return count;
    }
}
