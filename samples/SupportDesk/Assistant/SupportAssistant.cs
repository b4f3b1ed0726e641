using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using AiObs;
using AiObs.Cost.Budgets;
using Microsoft.Extensions.AI;
using SupportDesk.Chat;

namespace SupportDesk.Assistant;

/// <summary>Answers questions, and tells what happens on the way.</summary>
internal sealed partial class SupportAssistant(
    IChatClient model, AgentObservability observability, TurnRecords records, DeskOptions options, TimeProvider clock, ILogger<SupportAssistant> logger)
{
    public const string Instructions =
        "You work at the support desk of a shop for outdoor clothes. Look orders up and search the articles, never guess. Refund only what the customer asks you to. Answer in one or two short sentences.";

    public const int MaxOutputTokens = 320;

    private static readonly JsonSerializerOptions Compact = new(AIJsonUtilities.DefaultOptions) { WriteIndented = false };

    /// <summary>Answers a question. Whatever goes wrong is told in the stream; only the visitor's leaving ends it with an exception.</summary>
    public async IAsyncEnumerable<TurnEvent> AnswerAsync(
        Conversation conversation, string question, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var traceId = Activity.Current?.TraceId.ToHexString();
        List<ChatResponseUpdate> received = [];
        var isWhole = true;
        await foreach (var happened in ReadAsync(conversation, question, received, cancellationToken))
        {
            isWhole &= happened is not TurnEvent.Trouble;
            yield return happened;
        }

        if (isWhole)
        {
            conversation.Count(received);
        }

        var cost = traceId is null ? null : await records.SumAsync(conversation, traceId, cancellationToken);
        yield return new TurnEvent.Done(traceId, cost, BudgetView.Of(observability.Costs!, conversation.Visitor, options));
    }

    private async IAsyncEnumerable<TurnEvent> ReadAsync(
        Conversation conversation, string question, List<ChatResponseUpdate> received, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(options.AnswerTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        await using var updates = model.GetStreamingResponseAsync(question, conversation.Options, either.Token).GetAsyncEnumerator(either.Token);

        while (true)
        {
            TurnEvent.Trouble? trouble = null;
            try
            {
                if (!await updates.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
            {
                trouble = patience.IsCancellationRequested
                    ? new("failed", "The answer took too long, so I gave up. Please ask again.")
                    : Explain(exception);
            }

            if (trouble is not null)
            {
                yield return trouble;
                yield break;
            }

            received.Add(updates.Current);
            foreach (var happened in updates.Current.Contents.Select(Describe).OfType<TurnEvent>())
            {
                yield return happened;
            }
        }
    }

    private static TurnEvent? Describe(AIContent content) => content switch
    {
        TextContent { Text.Length: > 0 } text => new TurnEvent.Text(text.Text),
        FunctionCallContent call => new TurnEvent.ToolCall(call.CallId, call.Name, JsonSerializer.Serialize(call.Arguments, Compact)),
        FunctionResultContent result => new TurnEvent.ToolResult(result.CallId, JsonSerializer.Serialize(result.Result, Compact)),
        _ => null,
    };

    private TurnEvent.Trouble Explain(Exception exception)
    {
        if (exception is BudgetExceededException refusal)
        {
            return new("refused", Explain(refusal));
        }

        // What went wrong is for whoever runs the desk, not for its visitors.
        LogFailedAnswer(logger, exception);

        return new("failed", "The model cannot be reached, or has broken off. Please ask again in a moment.");
    }

    private static string Explain(BudgetExceededException refusal)
    {
        var whose = refusal.Scope == BudgetScope.User ? "Your" : "Our";
        if (refusal.Spent + refusal.Requested <= refusal.Limit)
        {
            return $"{whose} budget is set aside for answers that are still being written. Please wait for them and ask again.";
        }

        var again = refusal.ResetsAt is { } time ? string.Create(CultureInfo.InvariantCulture, $" It is full again on {time.UtcDateTime:MMMM d 'at' HH:mm} UTC.") : "";

        return string.Create(
            CultureInfo.InvariantCulture,
            $"{whose} budget for today is used up: ${refusal.Spent:0.####} of ${refusal.Limit:0.####} are spent, and to go on may take ${refusal.Requested:0.####}.{again}");
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "An answer failed.")]
    private static partial void LogFailedAnswer(ILogger logger, Exception exception);
}
