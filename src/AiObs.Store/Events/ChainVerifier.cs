using AiObs.Events;

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
    private readonly long _droppedCount;
    private long _eventCount;

    /// <param name="chain">Makes the hashes, with the key of the log if it has one.</param>
    /// <param name="record">What the log says of itself.</param>
    /// <param name="anchors">Heads that were kept outside of the log.</param>
    /// <exception cref="ArgumentException">The hash of an anchor is not one.</exception>
    public ChainVerifier(EventChain chain, LogRecord record, IReadOnlyList<EventLogAnchor>? anchors)
    {
        _chain = chain;
        AddWriters(record.Writers);
        var log = record.Writers.Select(static writer => writer.Log).LastOrDefault(static log => log is not null);
        foreach (var checkpoint in record.Checkpoints)
        {
            _droppedCount += checkpoint.Head.Count;
            Of(checkpoint.Head.Writer, "a checkpoint").StartAt(checkpoint, log);
        }

        foreach (var writer in record.Writers)
        {
            Expect(writer);
        }

        foreach (var anchor in anchors ?? [])
        {
            var head = ChainHead.Of(anchor);
            Of(anchor.Writer, "an anchor").Expect(new ExpectedHead(head, "an anchor"));
        }

        CheckRetention(record, log);
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
        _erasures.Finish(_droppedCount == 0, writer => Of(writer, "an erasure"));
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

    private void AddWriters(IReadOnlyList<ChainWriter> writers)
    {
        ChainWriter? before = null;
        foreach (var writer in writers)
        {
            if (_writers.TryGetValue(writer.Writer, out var known))
            {
                known.Report(EventLogFaultKind.HeadMismatch, null, $"Writer {writer.Writer} has more than one row.");
                continue;
            }

            var verifier = new WriterVerifier(_chain, writer.Writer, writer);
            verifier.Follow(before, named => writers.Any(other => other.Writer == named));
            Add(verifier);
            before = writer;
        }
    }

    /// <summary>Takes what the log tells of erasures and retentions, and holds the checkpoints against it.</summary>
    private void CheckRetention(LogRecord record, Guid? log)
    {
        var first = record.Writers.Where(static writer => writer.Log is null).Select(static writer => writer.Writer).ToHashSet(StringComparer.Ordinal);
        var retentions = new RetentionCheck();
        foreach (var told in record.Told)
        {
            var isOfFirstRelease = first.Contains(told.Place.Writer);
            if (!isOfFirstRelease && !LogEvents.IsOf(told, log))
            {
                continue;
            }

            if (told.Facts.Type == AgentEventTypes.RetentionApplied)
            {
                retentions.Tell(told, isOfFirstRelease);
            }
            else
            {
                _erasures.Tell(told.Facts.Id, new ToldErasure(told, isOfFirstRelease));
            }
        }

        if (!record.DropsUntold)
        {
            retentions.Check(record.Checkpoints, writer => Of(writer, "a checkpoint"));
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
