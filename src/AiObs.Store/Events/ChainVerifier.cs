namespace AiObs.Store.Events;

/// <summary>
/// Checks a log row by row, so that a log of any size can be verified; all rows must come from one consistent view of it, each writer's in the
/// order of sequence numbers. How the writers' rows are interleaved does not matter.
/// </summary>
internal sealed class ChainVerifier
{
    private readonly EventChain _chain;
    private readonly List<WriterVerifier> _inOrder = [];
    private readonly Dictionary<string, WriterVerifier> _writers = new(StringComparer.Ordinal);
    private readonly ErasureCheck _erasures = new();
    private long _eventCount;
    private long _droppedCount;

    /// <param name="chain">Makes the hashes, with the key of the log if it has one.</param>
    /// <param name="writers">The writers' rows.</param>
    /// <param name="checkpoints">The newest checkpoint of each writer that has any.</param>
    /// <param name="anchors">Heads that were kept outside of the log.</param>
    /// <exception cref="ArgumentException">The hash of an anchor is not one.</exception>
    public ChainVerifier(
        EventChain chain,
        IReadOnlyList<ChainWriter> writers,
        IReadOnlyList<ChainCheckpoint> checkpoints,
        IReadOnlyList<EventLogAnchor>? anchors)
    {
        _chain = chain;
        foreach (var writer in writers)
        {
            if (_writers.TryGetValue(writer.Writer, out var known))
            {
                known.Report(EventLogFaultKind.HeadMismatch, null, $"Writer {writer.Writer} has more than one row.");
            }
            else
            {
                Add(new WriterVerifier(chain, writer.Writer, writer));
            }
        }

        foreach (var checkpoint in checkpoints)
        {
            _droppedCount += checkpoint.Head.Count;
            Of(checkpoint.Head.Writer, "a checkpoint").StartAt(checkpoint);
        }

        foreach (var writer in writers)
        {
            Expect(writer);
        }

        foreach (var anchor in anchors ?? [])
        {
            var head = new ChainHead(anchor.Writer, anchor.Count, HashOf(anchor));
            Of(anchor.Writer, "an anchor").Expect(new ExpectedHead(head, "an anchor"));
        }
    }

    /// <summary>Checks the next row.</summary>
    public void Add(StoredEvent row)
    {
        _eventCount++;
        var writer = Of(row.Place.Writer, "an event");
        writer.Add(row);
        _erasures.Add(row, writer);
    }

    /// <summary>Checks what only shows at the end.</summary>
    public EventLogVerification Finish()
    {
        _erasures.Finish();
        foreach (var writer in _inOrder)
        {
            writer.Finish();
        }

        return new EventLogVerification(
            _eventCount,
            _inOrder.Count(static writer => writer.Exists),
            [.. _inOrder.SelectMany(static writer => writer.Faults)],
            [.. _inOrder.Where(static writer => writer.IsProven).Select(static writer => writer.Head.ToAnchor())])
        {
            IsKeyed = _chain.IsKeyed,
            DroppedCount = _droppedCount,
        };
    }

    private static byte[] HashOf(EventLogAnchor anchor)
    {
        try
        {
            return Convert.FromHexString(anchor.HeadHash);
        }
        catch (FormatException exception)
        {
            throw new ArgumentException(
                $"The hash of the anchor of writer {anchor.Writer} is not hexadecimal. Give the anchors as a verification returned them.",
                nameof(anchor),
                exception);
        }
    }

    private void Expect(ChainWriter writer)
    {
        Of(writer.Writer, "").Expect(new ExpectedHead(writer.Head, "the writer's row"));
        if (writer.Predecessor is { } predecessor)
        {
            var by = $"the start of writer {writer.Writer}";
            Of(predecessor.Writer, by).Expect(new ExpectedHead(predecessor, by));
        }
    }

    private WriterVerifier Of(string writer, string namedBy)
    {
        if (!_writers.TryGetValue(writer, out var verifier))
        {
            verifier = new WriterVerifier(_chain, writer, row: null);
            verifier.Report(EventLogFaultKind.MissingWriter, null, $"Writer {writer} has no row, but {namedBy} names it.");
            Add(verifier);
        }

        return verifier;
    }

    private void Add(WriterVerifier verifier)
    {
        _writers.Add(verifier.Writer, verifier);
        _inOrder.Add(verifier);
    }
}
