namespace AiObs.Store.Events;

/// <summary>All that a small log holds, at one moment.</summary>
internal sealed record LogImage(
    IReadOnlyList<ChainWriter> Writers, IReadOnlyList<ChainCheckpoint> Checkpoints, IReadOnlyList<StoredEvent> Rows)
{
    public EventLogVerification Verify(EventChain chain, IReadOnlyList<EventLogAnchor>? anchors, CancellationToken cancellationToken)
    {
        var verifier = new ChainVerifier(chain, Writers, Checkpoints, anchors);
        foreach (var row in Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            verifier.Add(row);
        }

        return verifier.Finish();
    }
}
