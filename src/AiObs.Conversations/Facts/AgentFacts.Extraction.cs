using AiObs.Events;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Facts;

/// <content>Extraction.</content>
public sealed partial class AgentFacts
{
    private const int MostAtOnce = 100;
    private const int MaxKeyLength = 512;

    /// <summary>Looks for facts in what was said in a conversation since the last time, and saves them. Facts and how far the conversation was read are one commit: where something fails, nothing has moved.</summary>
    /// <param name="conversationId">The conversation. Its present branch is read; the user is that of the view, else of the conversation.</param>
    /// <param name="extractor">Finds them, such as <see cref="ModelFactExtractor"/>.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is saved.</param>
    /// <returns>What was saved, and what was not and why: evidence that is no message of the user, a key or value that cannot be, a key twice, more than 100 at once.</returns>
    /// <exception cref="ConversationNotFoundException">There is no such conversation, or none any more.</exception>
    /// <exception cref="InvalidOperationException">There is no user.</exception>
    /// <exception cref="FactExtractionException">A model gave no answer that facts could be taken from.</exception>
    /// <exception cref="FactConflictException">Somebody else has read the conversation for facts meanwhile.</exception>
    public async ValueTask<FactExtraction> ExtractAsync(string conversationId, IFactExtractor extractor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        var found = await _view.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var userId = _view.UserId ?? found.UserId ?? UserId();
        using var flow = AgentContext.Begin(conversationId: conversationId);
        using var span = _view.Observability.Tracer.StartChain("extract_facts", new() { Input = conversationId });
        try
        {
            var from = await _store.FindFactPositionAsync(_view.Tenant, conversationId, cancellationToken).ConfigureAwait(false);
            List<StoredMessage> messages = [];
            await foreach (var message in _view.ReadAsync(new() { ConversationId = conversationId, Tenant = _view.Tenant, AfterSequence = from }, cancellationToken).ConfigureAwait(false))
            {
                messages.Add(message);
            }

            if (messages.Count == 0)
            {
                return new([], [], from, from);
            }

            var known = await _store.ReadFactsAsync(new() { Tenant = _view.Tenant, UserId = userId }, cancellationToken).ConfigureAwait(false);
            var proposals = await extractor.ExtractAsync(new(conversationId, messages, known.Facts), cancellationToken).ConfigureAwait(false)
                ?? throw new FactExtractionException($"{extractor.GetType().Name} returned null. Return an empty list where there is nothing.");
            return await SaveAsync(userId, new(conversationId, from, messages[^1].Sequence), messages, proposals, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            span.Fail(exception, cancellationToken.IsCancellationRequested);
            throw;
        }
    }

    private async ValueTask<FactExtraction> SaveAsync(
        string userId, FactPosition position, List<StoredMessage> messages, IReadOnlyList<FactProposal> proposals, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // All of them: which are new depends on each key that an extractor may name.
            var known = await _store.ReadFactsAsync(new() { Tenant = _view.Tenant, UserId = userId, MaxResults = FactQuery.MaxCount }, cancellationToken).ConfigureAwait(false);
            var (saved, skipped) = Judge(position.ConversationId, messages, proposals, known.Facts);
            var commit = new FactCommit { UserId = userId, At = _view.Now, ExpectedVersion = known.Version, Saved = saved, Position = position };
            var told = _view.Events.OfUser(
                AgentEventTypes.FactsExtracted,
                userId,
                position.ConversationId,
                commit.At,
                (EventDataKeys.Count, saved.Count),
                (EventDataKeys.Skipped, skipped.Count == 0 ? null : skipped.GroupBy(static fact => fact.Reason).ToDictionary(static group => group.Key, static group => (object?)group.Count(), StringComparer.Ordinal)),
                (EventDataKeys.UpTo, position.To));
            try
            {
                await CommitAsync(commit, known, cancellationToken, told).ConfigureAwait(false);
                var now = await _store.ReadFactsAsync(new() { Tenant = _view.Tenant, UserId = userId, MaxResults = FactQuery.MaxCount }, CancellationToken.None).ConfigureAwait(false);
                var ids = saved.Select(static fact => fact.Id).ToHashSet(StringComparer.Ordinal);
                return new([.. now.Facts.Where(fact => ids.Contains(fact.Id))], skipped, position.From, position.To);
            }
            catch (FactConflictException conflict) when (attempt < MostAttempts && conflict.ActualVersion != known.Version)
            {
                // Somebody else has changed what is known meanwhile; how far the conversation was read is the same.
            }
        }
    }

    private static (IReadOnlyList<Fact> Saved, IReadOnlyList<SkippedFact> Skipped) Judge(
        string conversationId, List<StoredMessage> messages, IReadOnlyList<FactProposal> proposals, IReadOnlyList<Fact> known)
    {
        List<Fact> saved = [];
        List<SkippedFact> skipped = [];
        var believed = known.ToDictionary(static fact => fact.Key, static fact => fact.Value, StringComparer.Ordinal);
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var proposal in proposals)
        {
            if (ReasonAgainst(proposal) is { } reason)
            {
                skipped.Add(new(proposal, reason));
            }
            else
            {
                keys.Add(proposal.Key);
                saved.Add(NewFact(proposal.Key, proposal.Value, proposal.Confidence, conversationId, messages[proposal.Evidence].Id));
            }
        }

        return (saved, skipped);

        string? ReasonAgainst(FactProposal proposal) => proposal switch
        {
            { Evidence: var place } when place < 0 || place >= messages.Count => "its evidence is none of the messages",
            { Evidence: var place } when messages[place].Role != ChatRole.User => "its evidence is no message of the user",
            { Evidence: var place } when messages[place].Content is null || messages[place].Status != MessageStatus.Complete => "its evidence was refused or erased",
            { Key: not { Length: > 0 and <= MaxKeyLength } } => "its key is empty or too long",
            { Value: not { Length: > 0 } } => "it has no value",
            { Confidence: not (>= 0 and <= 1) } => "its confidence lies outside of 0 to 1",
            _ when keys.Contains(proposal.Key) => "its key was named before",
            _ when believed.TryGetValue(proposal.Key, out var value) && value == proposal.Value => "it is known already",
            _ when saved.Count == MostAtOnce => "there are too many at once",
            _ => null,
        };
    }
}
