using System.Runtime.CompilerServices;
using AiObs.Cost.Budgets;
using AiObs.Soak.Reckoning;
using Anthropic.Models.Messages;
using Microsoft.Extensions.AI;

namespace AiObs.Soak.Load;

/// <summary>Stands outside of the observed client and tallies how each call ends for whoever made it.</summary>
internal sealed class TallyingChatClient(IChatClient innerClient, RunTally tally) : DelegatingChatClient(innerClient)
{
    public override async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var outcome = Measure.ChatsCompleted;
        try
        {
            var response = await base.GetResponseAsync(messages, options, cancellationToken);
            tally.AddUsage(response.Usage);

            return response;
        }
        catch (Exception exception)
        {
            outcome = OutcomeOf(exception);
            throw;
        }
        finally
        {
            tally.AddChat(outcome);
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var outcome = Measure.ChatsAbandoned;
        var count = 0;
        UsageDetails? started = null;
        IAsyncEnumerator<ChatResponseUpdate>? updates = null;
        try
        {
            while (true)
            {
                try
                {
                    updates ??= base.GetStreamingResponseAsync(messages, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
                    if (!await updates.MoveNextAsync())
                    {
                        outcome = Measure.ChatsCompleted;
                        yield break;
                    }
                }
                catch (Exception exception)
                {
                    outcome = OutcomeOf(exception);
                    throw;
                }

                count++;
                started = StartOf(updates.Current) ?? started;
                if (updates.Current.Contents.OfType<UsageContent>().Any())
                {
                    started = null;
                    AddUsage(updates.Current);
                }

                yield return updates.Current;
            }
        }
        finally
        {
            await (updates?.DisposeAsync() ?? ValueTask.CompletedTask);
            tally.AddChat(outcome);
            tally.AddUpdates(count);
            tally.AddUsage(started);
        }
    }

    /// <summary>Returns what the model says at the start of a stream, which is all that is known where it does not reach its end.</summary>
    private static UsageDetails? StartOf(ChatResponseUpdate update) =>
        update.RawRepresentation is RawMessageStreamEvent raw && raw.TryPickStart(out var start) && start.Message.Usage is { } usage
            ? new UsageDetails
            {
                InputTokenCount = usage.InputTokens + (usage.CacheReadInputTokens ?? 0) + (usage.CacheCreationInputTokens ?? 0),
                OutputTokenCount = usage.OutputTokens,
            }
            : null;

    private void AddUsage(ChatResponseUpdate update)
    {
        foreach (var usage in update.Contents.OfType<UsageContent>())
        {
            tally.AddUsage(usage.Details);
        }
    }

    private static Measure OutcomeOf(Exception exception) => exception switch
    {
        BudgetExceededException => Measure.Refusals,
        OperationCanceledException => Measure.ChatsCancelled,
        _ => Measure.ChatsFailed,
    };
}
