using AiObs.Memory;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Memory;

/// <summary>Makes what a model is shown out of the messages of a conversation. It reads and writes nothing but what strategies do.</summary>
internal static class MemoryPipeline
{
    /// <summary>How many messages go on where a strategy failed and the request does not want to fail with it.</summary>
    private const int LastMessages = 20;

    /// <summary>Runs strategies over messages.</summary>
    /// <param name="items">The messages: those of the conversation in order, then the new ones of the present turn. Injected ones may stand anywhere.</param>
    /// <param name="strategies">The strategies, in the order in which they work.</param>
    /// <param name="request">What the messages are for.</param>
    /// <param name="source">Where they come from.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    /// <exception cref="MemoryException">A strategy failed, or found that nothing it could leave would fit.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static async ValueTask<MemoryResult> ApplyAsync(
        IReadOnlyList<MemoryItem> items, IEnumerable<IMemoryStrategy> strategies, MemoryRequest request, MemorySource source, CancellationToken cancellationToken)
    {
        var counts = new TokenCounts(request.TokenCounter, request.Model, items);
        var work = new MemoryWork(MemoryGroups.Of(items, counts), request, source, counts);
        foreach (var strategy in strategies)
        {
            if (await work.RunAsync(strategy, items, cancellationToken).ConfigureAwait(false) is not { } exception)
            {
                continue;
            }

            if (request.OnFailure == MemoryFailureMode.Fail)
            {
                throw new MemoryException(strategy.Name, $"The memory strategy \"{strategy.Name}\" failed: {exception.Message}", exception);
            }

            work.ReportFailure(exception);
            work.KeepLast(LastMessages, $"the strategy failed; the last {LastMessages} messages go on");
        }

        return ResultOf(items, work, request, counts);
    }

    private static MemoryResult ResultOf(IReadOnlyList<MemoryItem> items, MemoryWork work, MemoryRequest request, TokenCounts counts)
    {
        var groups = work.Groups;
        var sent = RequestRepair.Of(groups, request.AnswerMissingResults);
        var shown = new HashSet<MemoryItem>(sent.Select(static message => message.Item).OfType<MemoryItem>());
        var made = groups.Where(static group => group.Mark is not null).ToLookup(static group => group.Items[0]);
        var decisions = new List<MemoryDecision>(items.Count);
        var before = 0;
        foreach (var item in items)
        {
            if (made.Count > 0)
            {
                decisions.AddRange(made[item].SelectMany(group => group.Messages.Select(message => Decide(message, group.Mark!, counts))));
            }

            var (action, strategy, reason) = item.Mark;
            var isShown = shown.Contains(item);
            var count = isShown ? counts.Of(item) : counts.Roughly(item);
            before += count;
            decisions.Add(new(item.Id, item.Stored?.Sequence, action, strategy, reason, count) { IsShown = isShown });
        }

        decisions.AddRange(sent.Where(static message => message.Item is null && message.Message.Role == ChatRole.Tool)
            .Select(message => Decide(message.Message, MemoryMark.Repaired("added, as its call has no result"), counts)));
        return new()
        {
            Messages = [.. sent.Select(static message => message.Message)],
            Decisions = decisions,
            Failures = work.Failures,
            TokensBefore = before,
            TokensAfter = sent.Sum(message => message is { IsOriginal: true, Item: { } item } ? counts.Of(item) : counts.Of(message.Message)),
            IsEstimate = counts.IsEstimate,
            Fingerprint = MemoryFingerprint.Of(sent),
            Model = request.Model,
            ContextWindow = work.KnownContextWindow,
        };
    }

    private static MemoryDecision Decide(ChatMessage message, MemoryMark mark, TokenCounts counts) =>
        new(MessageId: null, Sequence: null, mark.Action, mark.Strategy, mark.Reason, counts.Of(message)) { IsShown = true };
}
