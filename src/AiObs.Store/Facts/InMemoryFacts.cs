namespace AiObs.Store.Facts;

/// <summary>What is known of users, in memory. Used under the lock of the store.</summary>
/// <param name="capacity">How many facts and profiles are kept, ended ones too. Where there is no room, the user to whom something was added longest ago goes as a whole.</param>
internal sealed class InMemoryFacts(int capacity)
{
    private readonly Dictionary<(string Tenant, string UserId), Known> _users = [];
    private readonly Dictionary<(string Tenant, string ConversationId), long> _positions = [];
    private long _commits;
    private long _count;

    public long Commit(FactCommit commit)
    {
        var key = (commit.Tenant, commit.UserId);
        var known = _users.GetValueOrDefault(key) ?? new();
        if (commit.ExpectedVersion != known.Version)
        {
            throw FactCheck.Unexpected(commit, known.Version);
        }

        if (commit.Saved.Any(fact => known.Ids.Contains(fact.Id)))
        {
            throw FactCheck.IdTaken();
        }

        if (commit.Position is { } position)
        {
            var actual = PositionOf(commit.Tenant, position.ConversationId);
            if (actual != position.From)
            {
                throw FactCheck.ReadByAnother(position, actual, known.Version);
            }

            _positions[(commit.Tenant, position.ConversationId)] = position.To;
        }

        known.Version++;
        known.LastCommit = ++_commits;
        _users[key] = known;
        _count += commit.Saved.Count + (commit.Profile is null ? 0 : 1);
        foreach (var ended in commit.Ended)
        {
            known.End(ended, commit.At, supersededBy: null);
        }

        foreach (var saved in commit.Saved)
        {
            known.End(saved.Key, commit.At, saved.Id);
            known.Add(saved with { Version = known.Version, CreatedAt = commit.At, EndedAt = null, SupersededBy = null });
        }

        if (commit.Profile is { } profile)
        {
            known.Profiles.Add(profile with { Version = known.Profiles.Count + 1, At = commit.At });
        }

        MakeRoom(key);
        return known.Version;
    }

    public UserFacts Read(FactQuery query) => _users.TryGetValue((query.Tenant, query.UserId), out var known)
        ? new(known.Version, [.. Enumerable.Reverse(known.Facts).Where(fact => IsWanted(fact, query)).Take(query.MaxResults)])
        : new(0, []);

    public long PositionOf(string tenant, string conversationId) => _positions.GetValueOrDefault((tenant, conversationId));

    public UserProfile? FindProfile(string tenant, string userId, int? version) => _users.TryGetValue((tenant, userId), out var known)
        ? known.Profiles.ElementAtOrDefault((version ?? known.Profiles.Count) - 1)
        : null;

    public FactErasure Erase(string tenant, string userId, DateTimeOffset at)
    {
        if (!_users.TryGetValue((tenant, userId), out var known))
        {
            return new(0, 0);
        }

        var facts = known.Facts.Count(static fact => fact.Value is not null);
        var profiles = known.Profiles.Count(static profile => profile.Text is not null);
        if (facts + profiles > 0)
        {
            known.Version++;
            known.Erase(static _ => true, at);
            known.Profiles = known.Profiles.ConvertAll(static profile => profile with { Text = null });
        }

        return new(facts, profiles);
    }

    /// <summary>Erases what comes from a conversation that is erased.</summary>
    public void EraseOf(string tenant, string conversationId, DateTimeOffset at)
    {
        _positions.Remove((tenant, conversationId));
        foreach (var known in _users.Where(user => user.Key.Tenant == tenant).Select(static user => user.Value))
        {
            if (known.Erase(fact => fact.ConversationId == conversationId, at) > 0)
            {
                known.Version++;
            }
        }
    }

    private void MakeRoom((string Tenant, string UserId) latest)
    {
        while (_count > capacity && _users.Count > 1)
        {
            var oldest = _users.Where(user => user.Key != latest).MinBy(static user => user.Value.LastCommit);
            _count -= oldest.Value.Facts.Count + oldest.Value.Profiles.Count;
            _users.Remove(oldest.Key);
        }
    }

    private static bool IsWanted(Fact fact, FactQuery query) =>
        (query.Key is null || fact.Key == query.Key)
        && (query.IncludeEnded || (query.AsOf is { } time ? fact.CreatedAt <= time && (fact.EndedAt is null || fact.EndedAt > time) : fact.EndedAt is null));

    private sealed class Known
    {
        public long Version { get; set; }

        public long LastCommit { get; set; }

        public HashSet<string> Ids { get; } = new(StringComparer.Ordinal);

        public List<Fact> Facts { get; } = [];

        /// <summary>Gets where the believed fact of each key stands among them.</summary>
        public Dictionary<string, int> Believed { get; } = new(StringComparer.Ordinal);

        public List<UserProfile> Profiles { get; set; } = [];

        public void Add(Fact fact)
        {
            Ids.Add(fact.Id);
            Believed[fact.Key] = Facts.Count;
            Facts.Add(fact);
        }

        public void End(string key, DateTimeOffset at, string? supersededBy)
        {
            if (Believed.Remove(key, out var index))
            {
                Facts[index] = Facts[index] with { EndedAt = at, SupersededBy = supersededBy };
            }
        }

        public int Erase(Func<Fact, bool> isMeant, DateTimeOffset at)
        {
            var count = 0;
            for (var index = 0; index < Facts.Count; index++)
            {
                if (Facts[index] is { Value: not null } fact && isMeant(fact))
                {
                    count++;
                    Facts[index] = fact with { Value = null, EndedAt = fact.EndedAt ?? at };
                    if (fact.EndedAt is null)
                    {
                        Believed.Remove(fact.Key);
                    }
                }
            }

            return count;
        }
    }
}
