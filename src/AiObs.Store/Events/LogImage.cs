namespace AiObs.Store.Events;

/// <summary>All that a small log holds, at one moment.</summary>
internal sealed record LogImage(
    IReadOnlyList<ChainWriter> Writers, IReadOnlyList<ChainCheckpoint> Checkpoints, IReadOnlyList<StoredEvent> Rows)
{
    /// <summary>Gets a value indicating whether the log drops events without telling of it.</summary>
    public bool DropsUntold { get; init; }

    public EventLogVerification Verify(EventChain chain, IReadOnlyList<EventLogAnchor>? anchors, CancellationToken cancellationToken)
    {
        var record = new LogRecord(Writers, Checkpoints, [.. Rows.Where(LogRecord.Tells)]) { DropsUntold = DropsUntold };
        var verifier = new ChainVerifier(chain, record, anchors);
        foreach (var row in Rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            verifier.Add(row);
        }

        return verifier.Finish();
    }
}
