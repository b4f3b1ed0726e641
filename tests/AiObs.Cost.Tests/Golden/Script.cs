using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Cost.Tests.Golden;

/// <summary>Makes the model of a run: it calls a tool in all rounds but the last, in which it answers or comes to another end.</summary>
internal static class Script
{
    private const int Words = 40;

    public static StubChatClient Model(int rounds, Outcome outcome, CancellationTokenSource cancellation, bool hasIds = true, string tool = "weather")
    {
        var model = new StubChatClient();
        model.OnResponse = _ => Respond(new(Round(model, rounds), rounds, outcome, hasIds, tool), cancellation);
        model.OnStream = _ => Stream(new(Round(model, rounds), rounds, outcome, hasIds, tool), cancellation);

        return model;
    }

    private static int Round(StubChatClient model, int rounds) => ((model.Calls.Count - 1) % rounds) + 1;

    private static Task<ChatResponse> Respond(Turn turn, CancellationTokenSource cancellation)
    {
        if (turn.IsLast && turn.Outcome is Outcome.Failed)
        {
            return Task.FromException<ChatResponse>(new InvalidOperationException("The model broke."));
        }

        if (turn.IsLast && turn.Outcome is Outcome.Cancelled)
        {
            cancellation.Cancel();

            return Task.FromException<ChatResponse>(new OperationCanceledException(cancellation.Token));
        }

        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, [turn.Content]))
        {
            ResponseId = turn.ResponseId,
            ModelId = "stub-model-1",
            FinishReason = turn.FinishReason,
            Usage = turn.Usage,
        });
    }

    private static StubUpdates Stream(Turn turn, CancellationTokenSource cancellation) => (turn.Outcome, turn.IsLast) switch
    {
        (Outcome.Failed, true) => StubUpdates.ThrowingAt(1, new InvalidOperationException("The model broke."), Updates(turn)),
        (Outcome.Cancelled, true) => new StubUpdates(Updates(turn))
        {
            OnMoveNext = (move, _) => move == 1 ? CancelAsync(cancellation) : ValueTask.CompletedTask,
        },
        _ => new StubUpdates(Updates(turn)),
    };

    private static ValueTask CancelAsync(CancellationTokenSource cancellation)
    {
        cancellation.Cancel();

        return ValueTask.FromException(new OperationCanceledException(cancellation.Token));
    }

    private static ChatResponseUpdate[] Updates(Turn turn)
    {
        List<AIContent> contents = !turn.IsLast ? [turn.Content]
            : turn.Outcome is Outcome.Cut ? [.. Enumerable.Range(1, Words).Select(static number => new TextContent($"Word number {number} of a long answer. "))]
            : [new TextContent("It is "), new TextContent("sunny.")];
        var last = new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(turn.Usage)]) { FinishReason = turn.FinishReason };
        ChatResponseUpdate[] updates = [.. contents.Select(static content => new ChatResponseUpdate(ChatRole.Assistant, [content])), last];
        foreach (var update in updates)
        {
            update.ResponseId = turn.ResponseId;
            update.ModelId = "stub-model-1";
        }

        return updates;
    }

    /// <summary>One call of the model.</summary>
    private sealed record Turn(int Round, int Rounds, Outcome Outcome, bool HasId, string Tool)
    {
        public bool IsLast => Round == Rounds;

        public string? ResponseId => HasId ? $"response-{Round}" : null;

        public ChatFinishReason FinishReason => IsLast ? ChatFinishReason.Stop : ChatFinishReason.ToolCalls;

        public AIContent Content => IsLast
            ? new TextContent("It is sunny.")
            : new FunctionCallContent($"call-{Round}", Tool, new Dictionary<string, object?> { ["city"] = "Rome" });

        public UsageDetails Usage => new() { InputTokenCount = 100 * Round, OutputTokenCount = 10 * Round, TotalTokenCount = 110 * Round };
    }
}
