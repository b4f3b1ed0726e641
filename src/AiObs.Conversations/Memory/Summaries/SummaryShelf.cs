using AiObs.Memory;
using AiObs.Store;

namespace AiObs.Conversations.Memory.Summaries;

/// <summary>Keeps summaries so that each is paid once: in the store of the conversation, else in memory.</summary>
internal sealed class SummaryShelf
{
    private const string Reason = "a summary that was made before stands for it";

    /// <summary>Twice as many are kept in memory at most.</summary>
    private const int KeptInMemory = 256;

    private readonly BoundedCache<Key, string> _inMemory = new(KeptInMemory);

    /// <summary>Finds the summary that covers most.</summary>
    public async ValueTask<WrittenSummary> FindAsync(MemoryWork work, SummaryCoverage coverage, int keepLast, int summarizeEvery, CancellationToken cancellationToken)
    {
        if (StoreOf(work) is not { } store)
        {
            return FindInMemory(coverage);
        }

        try
        {
            return await FindAsync(store, work.Source, coverage, keepLast, summarizeEvery, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A store that fails costs a summary, and no turn.
        catch (Exception exception) when (!(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
#pragma warning restore CA1031
        {
            work.ReportFailure(exception);
            return WrittenSummary.None;
        }
    }

    public async ValueTask KeepAsync(MemoryWork work, SummaryCoverage coverage, WrittenSummary summary, string? model, CancellationToken cancellationToken)
    {
        var hash = coverage.HashOf(summary.Groups);
        if (StoreOf(work) is not { } store)
        {
            _inMemory.Add(new(hash), summary.Text);
            return;
        }

        var sequences = coverage.Groups[..summary.Groups].SelectMany(static group => group.Items).Select(static item => item.Stored?.Sequence).OfType<long>().ToArray();
        var kept = new ConversationSummary
        {
            Coverage = hash,
            Branch = work.Source.Branch,
            FirstSequence = sequences.DefaultIfEmpty().Min(),
            LastSequence = sequences.DefaultIfEmpty().Max(),
            Text = summary.Text,
            TokenCount = work.CountTokens(SummaryText.ToMessage(summary.Text)),
            Model = model,
            At = work.Source.Clock.GetUtcNow(),
        };
        try
        {
            await store.SaveSummaryAsync(work.Source.Tenant, work.Source.ConversationId!, kept, cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // The summary is paid and there; that it is not kept is told.
        catch (Exception exception) when (!(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
#pragma warning restore CA1031
        {
            work.ReportFailure(exception);
        }
    }

    private static ISummaryStore? StoreOf(MemoryWork work) => work.Source.ConversationId is null ? null : work.Source.Summaries;

    private static async ValueTask<WrittenSummary> FindAsync(
        ISummaryStore store, MemorySource source, SummaryCoverage coverage, int keepLast, int summarizeEvery, CancellationToken cancellationToken)
    {
        var last = coverage.Groups[^1].Items.Max(static item => item.Stored?.Sequence) ?? long.MaxValue;
        var latest = await store.FindLatestSummaryAsync(source.Tenant, source.ConversationId!, source.Branch, last, cancellationToken).ConfigureAwait(false);
        if (latest is null)
        {
            return WrittenSummary.None;
        }

        if (coverage.GroupsOf(latest.Coverage) is > 0 and var covered)
        {
            return new(covered, latest.Text, Reason);
        }

        // It is of other instructions or another model. One of ours, if there is any that will do, leaves fewer messages than would be summarised now.
        for (var groups = coverage.GroupsBeforeLast(keepLast); groups > 0 && coverage.Messages - coverage.MessagesUpTo(groups) < keepLast + summarizeEvery; groups--)
        {
            if (await store.FindSummaryAsync(source.Tenant, source.ConversationId!, coverage.HashOf(groups), cancellationToken).ConfigureAwait(false) is { } own)
            {
                return new(groups, own.Text, Reason);
            }
        }

        return WrittenSummary.None;
    }

    private WrittenSummary FindInMemory(SummaryCoverage coverage)
    {
        for (var groups = coverage.Groups.Length; groups > 0; groups--)
        {
            if (_inMemory.Find(new(coverage.HashOf(groups))) is { } text)
            {
                return new(groups, text, Reason);
            }
        }

        return WrittenSummary.None;
    }

    private readonly record struct Key(string Coverage);
}
