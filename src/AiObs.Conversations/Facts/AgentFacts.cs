using AiObs.Conversations.Facts;
using AiObs.Conversations.Storing;
using AiObs.Events;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Facts;

/// <summary>What is known of a user: facts, of which a new one of the same key ends the old one, and a profile, of which each version stays readable.</summary>
/// <remarks>
/// The user is that of the view, <c>conversations.In(tenant, userId).Facts</c>, or else that of <see cref="AgentContext.Current"/>. Values are content: they are in no event, span or metric.
/// </remarks>
public sealed partial class AgentFacts
{
    private const int MostAttempts = 20;

    private readonly ConversationView _view;
    private readonly IFactStore _store;

    internal AgentFacts(ConversationView view, IFactStore store)
    {
        _view = view;
        _store = store;
    }

    /// <summary>Saves a fact. It ends the one of the same key; the same value again changes nothing.</summary>
    /// <param name="key">What it is about, such as <c>city</c>. At most 512 characters.</param>
    /// <param name="value">The value.</param>
    /// <param name="confidence">How sure it is, between 0 and 1.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is saved.</param>
    /// <returns>The fact as it is believed from now on.</returns>
    /// <exception cref="ArgumentException">The key is empty or too long, or the confidence lies outside of its range.</exception>
    /// <exception cref="InvalidOperationException">There is no user.</exception>
    /// <exception cref="FactConflictException">Others were faster twenty times in a row.</exception>
    public async ValueTask<Fact> SaveAsync(string key, string value, double confidence = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(value);
        var userId = UserId();
        var saved = await CommitAsync(
            userId,
            known => known.Facts.FirstOrDefault(fact => fact.Key == key) is { } believed && believed.Value == value
                ? null
                : new() { UserId = userId, At = _view.Now, ExpectedVersion = known.Version, Saved = [NewFact(key, value, confidence)] },
            key,
            cancellationToken).ConfigureAwait(false);
        return saved.Facts.First(fact => fact.Key == key);
    }

    /// <summary>Lists what is believed of the user, the newest first.</summary>
    /// <param name="query">Which facts, or what was believed at another time; by default all. Tenant and user are those of the view.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The facts.</returns>
    /// <exception cref="InvalidOperationException">There is no user.</exception>
    public async ValueTask<IReadOnlyList<Fact>> ListAsync(FactQuery? query = null, CancellationToken cancellationToken = default)
    {
        var userId = UserId();
        return (await _store.ReadFactsAsync((query ?? new() { UserId = userId }) with { Tenant = _view.Tenant, UserId = userId }, cancellationToken).ConfigureAwait(false)).Facts;
    }

    /// <summary>Ends a fact: it is believed no longer, and nothing takes its place. Its value stays until the user's facts are erased.</summary>
    /// <param name="key">What it is about.</param>
    /// <param name="cancellationToken">Cancels it; then it stays.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="InvalidOperationException">There is no user.</exception>
    public async ValueTask<bool> DeleteAsync(string key, CancellationToken cancellationToken = default)
    {
        var userId = UserId();
        var wasKnown = false;
        await CommitAsync(
            userId,
            known => (wasKnown = known.Facts.Any(fact => fact.Key == key)) ? new() { UserId = userId, At = _view.Now, ExpectedVersion = known.Version, Ended = [key] } : null,
            key,
            cancellationToken).ConfigureAwait(false);
        return wasKnown;
    }

    /// <summary>Finds the user's profile.</summary>
    /// <param name="version">Which version; by default the latest.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The profile; <see langword="null"/> where there is none.</returns>
    /// <exception cref="InvalidOperationException">There is no user.</exception>
    public ValueTask<UserProfile?> FindProfileAsync(int? version = null, CancellationToken cancellationToken = default) => _store.FindProfileAsync(_view.Tenant, UserId(), version, cancellationToken);

    /// <summary>Writes a new version of the user's profile. To make an old version the present one, write its text again.</summary>
    /// <param name="text">What is known of the user, in a few sentences.</param>
    /// <param name="model">The model that wrote it; by default the application did.</param>
    /// <param name="cancellationToken">Cancels it; then the old one stays.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ArgumentException"><paramref name="text"/> is empty.</exception>
    /// <exception cref="InvalidOperationException">There is no user.</exception>
    /// <exception cref="FactConflictException">Others were faster twenty times in a row.</exception>
    public async ValueTask<UserProfile> SaveProfileAsync(string text, string? model = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        var userId = UserId();
        var written = 0;
        await CommitAsync(
            userId,
            async known =>
            {
                written = ((await _store.FindProfileAsync(_view.Tenant, userId, version: null, cancellationToken).ConfigureAwait(false))?.Version ?? 0) + 1;
                return new() { UserId = userId, At = _view.Now, ExpectedVersion = known.Version, Profile = new() { Version = written, Text = text, Model = model, At = _view.Now } };
            },
            key: null,
            cancellationToken).ConfigureAwait(false);
        return (await _store.FindProfileAsync(_view.Tenant, userId, written, CancellationToken.None).ConfigureAwait(false))!;
    }

    /// <summary>Writes what is known of the user for a model: one message in the role of the user, as values are what somebody said and no instructions. Put it behind the messages of the system.</summary>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <returns>The message: the profile, then the newest facts, of 512 characters each and 1,000 tokens in all at most; <see langword="null"/> where nothing is known.</returns>
    /// <exception cref="InvalidOperationException">There is no user.</exception>
    public async ValueTask<ChatMessage?> ToMessageAsync(CancellationToken cancellationToken = default) => FactsMessage.Of(
        await FindProfileAsync(version: null, cancellationToken).ConfigureAwait(false), await ListAsync(query: null, cancellationToken).ConfigureAwait(false));

    /// <summary>Erases the values of all of the user's facts, believed or not, and the texts of the profile. Keys and times stay.</summary>
    /// <param name="cancellationToken">Cancels it; then everything stays.</param>
    /// <returns>What was erased.</returns>
    /// <exception cref="InvalidOperationException">There is no user.</exception>
    public ValueTask<FactErasure> EraseAsync(CancellationToken cancellationToken = default) => _store.EraseFactsAsync(_view.Tenant, UserId(), _view.Now, cancellationToken);

    private static Fact NewFact(string key, string value, double confidence, string? conversationId = null, string? messageId = null) => new()
    {
        Id = Guid.CreateVersion7().ToString("N"),
        Key = key,
        Value = value,
        Confidence = confidence,
        ConversationId = conversationId,
        MessageId = messageId,
        CreatedAt = default,
    };

    private string UserId() => _view.UserId ?? _view.UserIdOf(AgentContext.Current?.UserId) ?? throw new InvalidOperationException(
        "Facts are known of a user, and there is none. Use a view, conversations.In(tenant, userId).Facts, or set UserId with AgentContext.Begin.");

    private ValueTask<UserFacts> CommitAsync(string userId, Func<UserFacts, FactCommit?> make, string? key, CancellationToken cancellationToken) =>
        CommitAsync(userId, known => new ValueTask<FactCommit?>(make(known)), key, cancellationToken);

    /// <summary>Commits what follows from what is known; where somebody else is faster, from what is known then.</summary>
    /// <returns>What is known after it.</returns>
    private async ValueTask<UserFacts> CommitAsync(string userId, Func<UserFacts, ValueTask<FactCommit?>> make, string? key, CancellationToken cancellationToken)
    {
        var query = new FactQuery { Tenant = _view.Tenant, UserId = userId, Key = key };
        for (var attempt = 1; ; attempt++)
        {
            var known = await _store.ReadFactsAsync(query, cancellationToken).ConfigureAwait(false);
            if (await make(known).ConfigureAwait(false) is not { } commit)
            {
                return known;
            }

            try
            {
                await CommitAsync(commit, known, cancellationToken).ConfigureAwait(false);
                return await _store.ReadFactsAsync(query, CancellationToken.None).ConfigureAwait(false);
            }
            catch (FactConflictException) when (attempt < MostAttempts)
            {
                // Somebody else has changed what is known meanwhile.
            }
        }
    }

    private async ValueTask CommitAsync(FactCommit commit, UserFacts known, CancellationToken cancellationToken, params IReadOnlyList<AgentEvent> others)
    {
        IReadOnlyList<AgentEvent> events =
        [
            .. commit.Saved.SelectMany(fact => _view.Events.OfUser(
                AgentEventTypes.FactSaved,
                commit.UserId,
                fact.ConversationId,
                commit.At,
                (EventDataKeys.Key, fact.Key),
                (EventDataKeys.FactId, fact.Id),
                (EventDataKeys.Supersedes, known.Facts.FirstOrDefault(old => old.Key == fact.Key)?.Id),
                (EventDataKeys.MessageId, fact.MessageId))),
            .. commit.Ended.SelectMany(key => _view.Events.OfUser(
                AgentEventTypes.FactEnded,
                commit.UserId,
                conversationId: null,
                commit.At,
                (EventDataKeys.Key, key),
                (EventDataKeys.FactId, known.Facts.FirstOrDefault(old => old.Key == key)?.Id))),
            .. commit.Profile is { } profile
                ? _view.Events.OfUser(AgentEventTypes.ProfileUpdated, commit.UserId, conversationId: null, commit.At, (EventDataKeys.Version, profile.Version), (EventDataKeys.Model, profile.Model))
                : [],
            .. others,
        ];
        await _store.CommitFactsAsync(commit with { Tenant = _view.Tenant, Events = events }, cancellationToken).ConfigureAwait(false);
        try
        {
            await _view.Events.PostAsync(events, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It is done, and its events are raised: the wait for durable sinks alone has ended.
        }
    }
}
