namespace AiObs.Store.Events;

/// <summary>Checks the chain of one writer, from its start or its checkpoint to its end.</summary>
internal sealed class WriterVerifier
{
    private readonly EventChain _chain;
    private readonly ChainWriter? _row;
    private readonly List<EventLogFault> _faults = [];
    private readonly PriorityQueue<ExpectedHead, long> _expected = new();
    private readonly bool _canHash;
    private bool _isLinked;
    private long _lastPosition = long.MinValue;

    public WriterVerifier(EventChain chain, string writer, ChainWriter? row)
    {
        _chain = chain;
        _row = row;
        Head = new ChainHead(writer, 0, []);
        if (row is null)
        {
            _canHash = true;
            return;
        }

        _canHash = row.IsKeyed == chain.IsKeyed;
        _isLinked = true;
        Head = Head with { Hash = _canHash ? chain.Genesis(row.Log, writer, row.OpenedTicks, row.Predecessor) : [] };
        CheckRow(row);
    }

    public string Writer => Head.Writer;

    /// <summary>Gets how far the chain goes.</summary>
    public ChainHead Head { get; private set; }

    public IReadOnlyList<EventLogFault> Faults => _faults;

    /// <summary>Gets a value indicating whether there is anything of the writer, not only somebody who names it.</summary>
    public bool Exists => _row is not null || Head.Count > 0;

    /// <summary>Gets a value indicating whether the head is worth keeping as an anchor.</summary>
    public bool IsProven => _faults.Count == 0 && Head.Count > 0;

    /// <summary>Compares the writer with the one that opened before it: each one names that, and no writer of 0.1.0 comes after one that names its log.</summary>
    public void Follow(ChainWriter? before, Func<string, bool> isKnown)
    {
        var named = _row!.Predecessor?.Writer;
        if (named != before?.Writer && (named is null || isKnown(named)))
        {
            Report(
                EventLogFaultKind.HeadMismatch,
                null,
                $"The writer names {named ?? "none"} as the one before it, but {(before is null ? "none" : before.Writer)} stands there.");
        }
        else if (before?.Log is { } log && _row.Log != log)
        {
            Report(EventLogFaultKind.HeadMismatch, null, _row.Log is null ? "The writer is one of 0.1.0, and stands after one that names its log." : "The writer belongs to another log than the one before it.");
        }
    }

    /// <summary>Goes on from a checkpoint instead of from the start.</summary>
    /// <param name="checkpoint">The checkpoint.</param>
    /// <param name="log">The id of the log.</param>
    public void StartAt(ChainCheckpoint checkpoint, Guid? log)
    {
        var isOfFirstRelease = _row?.Log is null;
        if (_canHash && !_chain.IsSealed(log, checkpoint) && !(isOfFirstRelease && _chain.IsSealed(log: null, checkpoint)))
        {
            Report(
                EventLogFaultKind.HeadMismatch, checkpoint.Head.Count, "The checkpoint is not one that this log has written: its seal does not fit.");
        }

        if (checkpoint.Head.Count >= Head.Count)
        {
            Head = checkpoint.Head;
            _isLinked = true;
        }
    }

    /// <summary>Says what the chain must look like; what lies below the checkpoint can no longer be checked.</summary>
    public void Expect(ExpectedHead expected)
    {
        if (expected.Head.Count > Head.Count)
        {
            _expected.Enqueue(expected, expected.Head.Count);
        }
        else if (expected.Head.Count == Head.Count)
        {
            Compare(expected, Head);
        }
        else if (ReferenceEquals(expected.Head, _row?.Head))
        {
            Report(EventLogFaultKind.HeadMismatch, Head.Count, $"The writer's row counts {expected.Head.Count} events, a checkpoint {Head.Count}.");
        }
    }

    public void Add(StoredEvent row)
    {
        CheckContent(row);
        if (row.Position <= _lastPosition)
        {
            Report(EventLogFaultKind.BrokenLink, row.Place.Count, $"Event {row.Place.Count} stands before an event that was written earlier.");
        }

        _lastPosition = row.Position;
        if (row.Place.Count <= Head.Count)
        {
            Report(EventLogFaultKind.BrokenLink, row.Place.Count, $"Event {row.Place.Count} stands where the chain has been already.");
            return;
        }

        CheckLink(row);
        Head = row.Place;
        _isLinked = true;
        CheckExpected();
    }

    /// <summary>Reports what was expected beyond the end.</summary>
    public void Finish()
    {
        // Of a writer that is missing as a whole there is nothing more to say.
        while (Exists && _expected.TryDequeue(out var expected, out var count))
        {
            Report(
                EventLogFaultKind.CutTail, Head.Count + 1, $"The chain ends with event {Head.Count}, but {expected.By} knows of {count} events.");
        }

        if (_row is not null && Head.Count > _row.Head.Count)
        {
            Report(
                EventLogFaultKind.HeadMismatch, _row.Head.Count + 1, $"The chain has {Head.Count} events, but the writer's row knows of {_row.Head.Count}.");
        }
    }

    /// <summary>Notes a fault unless there is one of its kind already.</summary>
    public void Report(EventLogFaultKind kind, long? sequence, string description)
    {
        if (!_faults.Exists(fault => fault.Kind == kind))
        {
            _faults.Add(new EventLogFault(kind, Writer, sequence, description));
        }
    }

    private void CheckRow(ChainWriter row)
    {
        if (!_canHash)
        {
            Report(
                EventLogFaultKind.KeyMismatch,
                null,
                row.IsKeyed
                    ? "The hashes were made with a key; verify with it. Without it only sequence numbers, contents and heads are checked."
                    : "The hashes were made without a key, so they prove less than this log's settings promise.");
        }
        else if (!_chain.IsSealed(row))
        {
            Report(
                EventLogFaultKind.HeadMismatch, row.Head.Count, "The writer's row is not as this log has written it, or was written with another key: its seal does not fit.");
        }
    }

    private void CheckLink(StoredEvent row)
    {
        var next = Head.Count + 1;
        if (row.Place.Count > next)
        {
            var last = row.Place.Count - 1;
            Report(EventLogFaultKind.MissingEvent, next, next == last ? $"Event {next} is missing." : $"Events {next} to {last} are missing.");
            SkipExpectedBelow(row.Place.Count);
        }
        else if (_isLinked && _canHash && !_chain.Append(Head, row.Facts).Hash.AsSpan().SequenceEqual(row.Place.Hash))
        {
            Report(
                EventLogFaultKind.BrokenLink, next, $"The hash of event {next} (id {row.Facts.Id}) does not follow from what it says and from the event before it.");
        }
    }

    private void SkipExpectedBelow(long count)
    {
        while (_expected.TryPeek(out _, out var next) && next < count)
        {
            _expected.Dequeue();
        }
    }

    private void CheckExpected()
    {
        while (_expected.TryPeek(out var expected, out var count) && count == Head.Count)
        {
            Compare(_expected.Dequeue(), Head);
        }
    }

    private void Compare(ExpectedHead expected, ChainHead head)
    {
        var isKnown = _canHash || head.Count > 0;
        if (isKnown && !expected.Head.Hash.AsSpan().SequenceEqual(head.Hash))
        {
            Report(EventLogFaultKind.HeadMismatch, head.Count, $"The chain has another hash at event {head.Count} than {expected.By} says.");
        }
    }

    private void CheckContent(StoredEvent row)
    {
        var finding = (row.Facts.Commitment, row.Content) switch
        {
            (null, null) => null,
            (null, _) => "has content that was not written with it",
            (_, null) => "has lost its content without an erasure",
            (_, { ErasedBy: not null, Text: null, Salt: null }) => null,
            (_, { ErasedBy: not null }) => "is marked as erased, but has content",
            ({ } commitment, { } content) => ContentCommitment.Holds(commitment, content) ? null : "has other content than was written with it",
        };
        if (finding is not null)
        {
            Report(EventLogFaultKind.ContentMismatch, row.Place.Count, $"Event {row.Place.Count} (id {row.Facts.Id}) {finding}.");
        }
    }
}
