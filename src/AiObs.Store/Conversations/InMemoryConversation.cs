using Microsoft.Extensions.AI;

namespace AiObs.Store.Conversations;

/// <summary>A conversation in memory. Whoever holds the lock of the store uses it.</summary>
internal sealed class InMemoryConversation(long row, Conversation state)
{
    private readonly List<(int Branch, long LastSequence)> _commits = [];
    private readonly List<BranchPoint?> _origins = [null];
    private readonly List<List<StoredMessage>> _branches = [[]];
    private readonly List<List<StoredMessage>> _standing = [[]];
    private readonly Dictionary<string, StoredMessage> _byId = new(StringComparer.Ordinal);
    private readonly List<TurnRecord> _turns = [];
    private readonly List<ConversationSummary> _summaries = [];

    public Conversation State { get; private set; } = state;

    public ConversationPosition Position => new(State.CreatedAt.UtcTicks, row);

    public IReadOnlyList<TurnRecord> Turns => _turns;

    public IReadOnlyList<ConversationSummary> Summaries => _summaries;

    public int MessageCount => _byId.Count;

    /// <summary>Finds out whether a commit was made before.</summary>
    /// <exception cref="ConversationConflictException">The conversation has another message under one of the ids.</exception>
    public CommitResult? FindReplay(ConversationCommit commit)
    {
        var known = commit.Messages.Select(message => (New: message, Old: _byId.GetValueOrDefault(message.Id))).Where(static pair => pair.Old is not null).ToArray();
        if (known.Length == 0)
        {
            return null;
        }

        var isSame = known.Length == commit.Messages.Count && known.All(static pair => pair.New.Content!.Json == pair.Old!.Content?.Json);
        return isSame
            ? new(known[^1].Old!.Version, known[^1].Old!.Branch, [.. known.Select(static pair => pair.Old!.Sequence)], IsCreated: false, IsReplay: true, HasEvents: false)
            : throw CommitCheck.IdTaken(commit, known[0].New.Id, State.Version);
    }

    /// <summary>Does what a commit says, or throws before anything is done.</summary>
    /// <exception cref="ArgumentException">A branch or a message to fork after is not there.</exception>
    public CommitResult Apply(ConversationCommit commit)
    {
        var branch = BranchOf(commit);
        if (commit.Fork is { } fork)
        {
            _origins.Add(fork);
            _branches.Add([]);
            _standing.Add([]);
        }

        var version = State.Version + 1;
        List<long> sequences = [];
        foreach (var message in commit.Messages)
        {
            var stored = message with { Sequence = State.MessageCount + sequences.Count + 1, Version = version, Branch = branch, Commitment = message.Content!.Commitment };
            sequences.Add(stored.Sequence);
            _byId.Add(stored.Id, stored);
            _branches[branch].Add(stored);
            if (stored.IsPinned || stored.Role == ChatRole.System)
            {
                _standing[branch].Add(stored);
            }
        }

        if (commit.Turn is { } turn)
        {
            var at = _turns.FindIndex(other => other.Id == turn.Id);
            if (at < 0)
            {
                _turns.Add(turn);
            }
            else
            {
                _turns[at] = turn;
            }
        }

        State = Changed(State, commit) with
        {
            Version = version,
            MessageCount = State.MessageCount + sequences.Count,
            BranchCount = _branches.Count,
            Branch = commit.MakesCurrent ? branch : State.Branch,
            UpdatedAt = commit.At,
            ExpiresAt = commit.ExpiresAt ?? State.ExpiresAt,
        };
        _commits.Add((State.Branch, State.MessageCount));
        if (commit.Delete == ConversationDelete.Erase)
        {
            Erase();
        }

        return new(version, branch, sequences, IsCreated: version == 1, IsReplay: false, HasEvents: false);
    }

    public MessagePage Read(MessageQuery query)
    {
        var (branch, last) = query.AsOfVersion switch
        {
            { } version when version < 1 => (0, 0),
            { } version when version < _commits.Count => _commits[(int)version - 1],
            _ => (State.Branch, State.MessageCount),
        };
        branch = query.Branch ?? branch;
        if (branch < 0 || branch >= _branches.Count)
        {
            return new([], HasMore: false);
        }

        var path = PathOf(branch, Math.Min(last, query.BeforeSequence - 1 ?? long.MaxValue));
        var after = query.AfterSequence ?? 0;
        var branches = query.OnlyStanding ? _standing : _branches;
        var messages = query.IsDescending
            ? path.SelectMany(range => Descending(branches[range.Branch], range.UpToSequence, after))
            : path.Reverse().SelectMany(range => Ascending(branches[range.Branch], range.UpToSequence, after));
        var page = messages.Take(query.PageSize + 1).ToArray();
        return page.Length > query.PageSize ? new(page[..^1], HasMore: true) : new(page, HasMore: false);
    }

    public ConversationSummary? FindLatestSummary(int branch, long upToSequence)
    {
        var path = branch >= 0 && branch < _branches.Count ? PathOf(branch, upToSequence) : [];
        return _summaries.Where(summary => path.Any(range => range.Branch == summary.Branch && summary.LastSequence <= range.UpToSequence)).MaxBy(static summary => summary.LastSequence);
    }

    public void Add(ConversationSummary summary)
    {
        if (_summaries.TrueForAll(other => other.Coverage != summary.Coverage))
        {
            _summaries.Add(summary);
        }
    }

    private static Conversation Changed(Conversation state, ConversationCommit commit) => commit switch
    {
        { Update: { } update } => state with { UserId = update.UserId, Title = update.Title, Model = update.Model, Tags = update.Tags, Metadata = update.Metadata },
        { Delete: not null } => state with { DeletedAt = state.DeletedAt ?? commit.At },
        { Restore: true } => state with { DeletedAt = null },
        _ => state,
    };

    private int BranchOf(ConversationCommit commit)
    {
        var named = commit.Fork?.Branch ?? commit.Branch ?? State.Branch;
        if (named < 0 || named >= _branches.Count)
        {
            throw CommitCheck.NoSuchBranch(commit, named);
        }

        if (commit.Fork is not { } fork)
        {
            return named;
        }

        return fork.AfterSequence == 0 || PathOf(named, State.MessageCount).Any(range => range.UpToSequence >= fork.AfterSequence && IndexAfter(_branches[range.Branch], fork.AfterSequence - 1) is var at
                && at < _branches[range.Branch].Count && _branches[range.Branch][at].Sequence == fork.AfterSequence)
            ? _branches.Count
            : throw CommitCheck.NoSuchPlace(commit, fork);
    }

    private IReadOnlyList<BranchRange> PathOf(int branch, long upToSequence) => BranchRange.PathOf(branch, upToSequence, number => _origins[number]);

    private static IEnumerable<StoredMessage> Ascending(List<StoredMessage> messages, long upTo, long after)
    {
        for (var at = IndexAfter(messages, after); at < messages.Count && messages[at].Sequence <= upTo; at++)
        {
            yield return messages[at];
        }
    }

    private static IEnumerable<StoredMessage> Descending(List<StoredMessage> messages, long upTo, long after)
    {
        for (var at = IndexAfter(messages, upTo) - 1; at >= 0 && messages[at].Sequence > after; at--)
        {
            yield return messages[at];
        }
    }

    /// <summary>Returns the index of the first message after a sequence.</summary>
    private static int IndexAfter(List<StoredMessage> messages, long sequence)
    {
        var (low, high) = (0, messages.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = messages[middle].Sequence <= sequence ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Erase()
    {
        State = State with { IsErased = true, Title = null, Tags = [], Metadata = new Dictionary<string, System.Text.Json.JsonElement>(StringComparer.Ordinal) };
        _summaries.Clear();
        for (var at = 0; at < _turns.Count; at++)
        {
            _turns[at] = _turns[at] with { Response = null, ContinuationToken = null };
        }

        foreach (var messages in _branches.Concat(_standing))
        {
            for (var at = 0; at < messages.Count; at++)
            {
                messages[at] = messages[at] with { Content = null, Status = MessageStatus.Erased };
                _byId[messages[at].Id] = messages[at];
            }
        }
    }
}
