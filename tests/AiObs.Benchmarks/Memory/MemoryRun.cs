using System.Diagnostics;
using AiObs.Conversations.Memory;
using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Benchmarks.Memory;

/// <summary>What strategies take over a stored history of 1,000 messages; exits with 1 when the window takes more than a millisecond.</summary>
/// <remarks>The best of many rounds is held to the ceiling: what a busy machine adds is none of the strategy's. The median is told beside it.</remarks>
internal static class MemoryRun
{
    private const int Messages = 1_000;
    private const int WarmUps = 2_000;
    private const int Rounds = 101;

    private static readonly TimeSpan Ceiling = TimeSpan.FromMilliseconds(1);

    public static async Task<int> ExecuteAsync(TextWriter output)
    {
        StoredMessage[] history = [.. Enumerable.Range(0, Messages).Select(Say)];
        var window = await MeasureAsync(history, new WindowMemory());
        var budget = await MeasureAsync(history, new TokenBudgetMemory(8_000));
        output.WriteLine(FormattableString.Invariant($"window of 50 over {Messages:N0} messages: {window.Best.TotalMicroseconds:N0} µs at best (ceiling {Ceiling.TotalMicroseconds:N0}), median {window.Median.TotalMicroseconds:N0}"));
        output.WriteLine(FormattableString.Invariant($"budget of 8,000 tokens over {Messages:N0} messages: {budget.Best.TotalMicroseconds:N0} µs at best, median {budget.Median.TotalMicroseconds:N0}"));
        return window.Best <= Ceiling ? 0 : 1;
    }

    private static async Task<(TimeSpan Best, TimeSpan Median)> MeasureAsync(StoredMessage[] history, IMemoryStrategy strategy)
    {
        for (var i = 0; i < WarmUps; i++)
        {
            await ApplyAsync(history, strategy);
        }

        var times = new List<TimeSpan>();
        for (var i = 0; i < Rounds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await ApplyAsync(history, strategy);
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        times.Sort();
        return (times[0], times[Rounds / 2]);
    }

    private static ValueTask<MemoryResult> ApplyAsync(StoredMessage[] history, IMemoryStrategy strategy) => MemoryPipeline.ApplyAsync(
        [.. history.Select(MemoryItem.Of), MemoryItem.New(new(ChatRole.User, "And now?"))], [strategy], new(), MemorySource.None, CancellationToken.None);

    /// <summary>Makes a message of a history of questions, tool calls, results and answers.</summary>
    private static StoredMessage Say(int number)
    {
        var call = $"call-{number / 4}";
        var text = $"Message {number}: {new string('x', 250)}";
        ChatMessage message = (number % 4) switch
        {
            0 => new(ChatRole.User, text),
            1 => new(ChatRole.Assistant, [new FunctionCallContent(call, "look_up", new Dictionary<string, object?> { ["what"] = "orders" })]),
            2 => new(ChatRole.Tool, [new FunctionResultContent(call, text)]),
            _ => new(ChatRole.Assistant, text),
        };
        var content = MessageContent.Of(message);
        return new()
        {
            Id = $"m{number}",
            Sequence = number + 1,
            Role = message.Role,
            Content = content,
            Commitment = content.Commitment,
            CallIds = number % 4 is 1 or 2 ? [call] : [],
        };
    }
}
