using System.Runtime.CompilerServices;
using AiObs.Conversations.Memory;
using AiObs.Conversations.Storing;
using AiObs.Events;
using AiObs.Store;
using AiObs.Store.Events;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations;

/// <summary>The conversations of one root: create, change, read, branch, delete. Each change is one commit to the store, with the events that tell of it.</summary>
/// <remarks>
/// Deleted conversations, and those of other tenants and users of a view, are not found by any member, but for a listing that asks for hidden ones. Calls may run at the same time; messages of several writers get numbers without a gap.
/// </remarks>
public sealed partial class AgentConversations
{
    private const int MostAttempts = 20;
    private const int GroupLength = 100;

    private readonly AgentObservability _observability;
    private readonly IConversationStore _store;
    private readonly ConversationOptions _options;
    private readonly ConversationEvents _events;
    private readonly NewMessages _messages;
    private readonly MemoryMetrics _metrics;
    private readonly string _tenant;
    private readonly string? _userId;

    internal AgentConversations(AgentObservability observability, IConversationStore store, ConversationOptions options)
        : this(observability, store, options, new MemoryMetrics(observability.Core.Meter), tenant: "", userId: null)
    {
    }

    private AgentConversations(AgentObservability observability, IConversationStore store, ConversationOptions options, MemoryMetrics metrics, string tenant, string? userId)
    {
        _metrics = metrics;
        _observability = observability;
        _store = store;
        _options = options;
        _events = new(observability.Events);
        _messages = new(options, observability.Core.Clock, observability.Core.Faults);
        _tenant = tenant;
        _userId = userId;
    }

    /// <summary>Gets the store that they are kept in.</summary>
    public IConversationStore Store => _store;

    private DateTimeOffset Now => _observability.Core.Clock.GetUtcNow();

    private DateTimeOffset? Expiry => _options.TimeToLive is { } time ? (time < DateTimeOffset.MaxValue - Now ? Now + time : DateTimeOffset.MaxValue) : null;

    /// <summary>Returns a view for a tenant, and for one of its users: what is another's is not found, and new conversations are theirs.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user; by default all of the tenant. Hashed where <see cref="PrivacyOptions.UserIdHashKey"/> is set.</param>
    /// <returns>The view; it costs nothing to make.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tenant"/> is <see langword="null"/>.</exception>
    public AgentConversations In(string tenant, string? userId = null)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return new(_observability, _store, _options, _metrics, tenant, UserIdOf(userId));
    }

    /// <summary>Creates a conversation.</summary>
    /// <param name="conversation">Its id, user, title, model, tags and metadata; by default an id alone. Without a user it is that of the view, or else of <see cref="AgentContext.Current"/>.</param>
    /// <param name="cancellationToken">Cancels it; then there is none.</param>
    /// <returns>The conversation as it is stored.</returns>
    /// <exception cref="ArgumentException">The id is empty or too long, or <see cref="ConversationOptions.RequireUser"/> is set and there is no user.</exception>
    /// <exception cref="ConversationConflictException">There is a conversation with this id.</exception>
    /// <exception cref="ConversationNotFoundException">There was a conversation with this id, which is deleted: its id is not used again.</exception>
    public async ValueTask<Conversation> CreateAsync(Conversation? conversation = null, CancellationToken cancellationToken = default)
    {
        var now = Now;
        conversation ??= new() { Id = Guid.CreateVersion7(now).ToString("N") };
        conversation = conversation with { Tenant = _tenant, UserId = _userId ?? UserIdOf(conversation.UserId ?? AgentContext.Current?.UserId) };
        ThrowIfNoUser(conversation, nameof(conversation));

        await CommitAsync(
            Commit(conversation, _events.Of(AgentEventTypes.ConversationCreated, conversation, now)) with { At = now, Create = conversation, ExpectedVersion = 0 }, cancellationToken).ConfigureAwait(false);
        return await GetAsync(conversation.Id, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>Changes user, title, model, tags or metadata. Where somebody else changes the conversation meanwhile, the function runs again on what is there then.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="change">Returns a changed copy of what it is given, or what it is given where nothing changes: then nothing is committed. May run several times.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is changed.</param>
    /// <returns>The conversation as it is stored.</returns>
    /// <exception cref="ArgumentException">The function returns nothing, or <see cref="ConversationOptions.RequireUser"/> is set and it leaves no user.</exception>
    /// <exception cref="ConversationNotFoundException">There is no such conversation, or none any more.</exception>
    /// <exception cref="ConversationConflictException">Others were faster twenty times in a row.</exception>
    public async ValueTask<Conversation> UpdateAsync(string conversationId, Func<Conversation, Conversation> change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        for (var attempt = 1; ; attempt++)
        {
            var found = await GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
            var changed = change(found) ?? throw new ArgumentException("The change returned null. Return what it was given where nothing changes.", nameof(change));
            if (ReferenceEquals(changed, found))
            {
                return found;
            }

            changed = changed.UserId == found.UserId ? changed : changed with { UserId = _userId ?? UserIdOf(changed.UserId) };
            ThrowIfNoUser(changed, nameof(change));
            try
            {
                await CommitAsync(
                    Commit(found, _events.Of(AgentEventTypes.ConversationUpdated, found with { UserId = changed.UserId }, Now)) with { Update = changed, ExpectedVersion = found.Version }, cancellationToken).ConfigureAwait(false);
                return await GetAsync(conversationId, CancellationToken.None).ConfigureAwait(false);
            }
            catch (ConversationConflictException) when (attempt < MostAttempts)
            {
                // Somebody else has changed it meanwhile.
            }
        }
    }

    /// <summary>Finds a conversation.</summary>
    /// <param name="conversationId">Its id.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>The conversation; <see langword="null"/> where there is none, or none any more.</returns>
    public async ValueTask<Conversation?> FindAsync(string conversationId, CancellationToken cancellationToken = default) =>
        OwnOrNull(await _store.FindAsync(_tenant, conversationId, cancellationToken: cancellationToken).ConfigureAwait(false));

    /// <summary>Tells whether there is a conversation.</summary>
    /// <param name="conversationId">Its id.</param>
    /// <param name="cancellationToken">Cancels the search.</param>
    /// <returns>Whether <see cref="FindAsync"/> finds it.</returns>
    public async ValueTask<bool> ExistsAsync(string conversationId, CancellationToken cancellationToken = default) =>
        await FindAsync(conversationId, cancellationToken).ConfigureAwait(false) is not null;

    /// <summary>Lists a page of conversations, the newest first.</summary>
    /// <param name="query">Which conversations, and where to start; by default all. Its tenant, and its user where the view has one, are those of the view.</param>
    /// <param name="cancellationToken">Cancels the listing.</param>
    /// <returns>The page.</returns>
    /// <exception cref="InvalidCursorException">The cursor is damaged or belongs to a query with other filters.</exception>
    public ValueTask<ConversationPage> ListAsync(ConversationQuery? query = null, CancellationToken cancellationToken = default) => _store.ListAsync(Own(query), cancellationToken);

    /// <summary>Counts conversations, on all pages.</summary>
    /// <param name="query">Which conversations; by default all. Its tenant, and its user where the view has one, are those of the view.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <returns>How many there are.</returns>
    public ValueTask<long> CountAsync(ConversationQuery? query = null, CancellationToken cancellationToken = default) => _store.CountAsync(Own(query), cancellationToken);

    /// <summary>Reads messages, page after page, in the order of their sequence.</summary>
    /// <param name="query">Which messages, and how many at once. Its tenant is that of the view.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The messages; none where there is no such conversation.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    [OverloadResolutionPriority(1)] // So that new() { … } is a query: it could make a string, too.
    public IAsyncEnumerable<StoredMessage> ReadMessagesAsync(MessageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ReadAsync(query with { Tenant = _tenant, IncludeHidden = false }, cancellationToken);
    }

    /// <summary>Reads the messages of a conversation's present branch, the oldest first.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The messages; none where there is no such conversation.</returns>
    public IAsyncEnumerable<StoredMessage> ReadMessagesAsync(string conversationId, CancellationToken cancellationToken = default) =>
        ReadMessagesAsync(new MessageQuery { ConversationId = conversationId }, cancellationToken);

    /// <summary>Adds a message to the present branch of a conversation.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="message">The message. Its <see cref="ChatMessage.MessageId"/> is its id, and must be new to the conversation; without one it gets one.</param>
    /// <param name="isPinned">Whether memory must keep it.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is added.</param>
    /// <returns>The message as it is stored.</returns>
    /// <exception cref="ArgumentException">The message is larger than <see cref="ConversationOptions.MaxMessageLength"/>.</exception>
    /// <exception cref="ConversationNotFoundException">There is no such conversation, or none any more.</exception>
    /// <exception cref="ConversationConflictException">The conversation has another message with this id. The same message with the same id is not added twice.</exception>
    public async ValueTask<StoredMessage> AddMessageAsync(string conversationId, ChatMessage message, bool isPinned = false, CancellationToken cancellationToken = default)
    {
        var made = _messages.Of(message, isPinned);
        var result = await AddAsync(conversationId, [made], expectedVersion: null, cancellationToken).ConfigureAwait(false);
        var query = new MessageQuery { ConversationId = conversationId, Tenant = _tenant, Branch = result.Branch, AfterSequence = result.Sequences[0] - 1, PageSize = 1 };
        await foreach (var stored in ReadAsync(query, CancellationToken.None).ConfigureAwait(false))
        {
            return stored;
        }

        throw new ConversationNotFoundException(conversationId);
    }

    /// <summary>Adds messages to the present branch of a conversation, all or none.</summary>
    /// <param name="conversationId">The conversation.</param>
    /// <param name="messages">The messages, in order.</param>
    /// <param name="expectedVersion">The version that the conversation must have; by default whatever it has.</param>
    /// <param name="turnId">The turn that they belong to. One that <see cref="ApplyMemoryAsync"/> began ends with the answer of the assistant.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is added.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="ArgumentException">There are no messages, or one is larger than <see cref="ConversationOptions.MaxMessageLength"/>.</exception>
    /// <exception cref="ConversationNotFoundException">There is no such conversation, or none any more.</exception>
    /// <exception cref="ConversationConflictException">The conversation has another version, or another message with one of the ids. The same messages with the same ids are not added twice.</exception>
    public ValueTask<CommitResult> AddMessagesAsync(
        string conversationId, IEnumerable<ChatMessage> messages, long? expectedVersion = null, string? turnId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        (StoredMessage, ChatMessage)[] made = [.. messages.Select(message => _messages.Of(message, turnId: turnId))];
        return made.Length > 0 ? AddAsync(conversationId, made, expectedVersion, cancellationToken) : throw new ArgumentException("There are no messages to add.", nameof(messages));
    }

    private async ValueTask<CommitResult> AddAsync(
        string conversationId, IReadOnlyList<(StoredMessage Stored, ChatMessage Said)> made, long? expectedVersion, CancellationToken cancellationToken)
    {
        var found = await GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var (messages, events) = _events.OfMessages(found, made, Now);
        var turn = await EndAsync(messages[0].TurnId, conversationId, messages, cancellationToken).ConfigureAwait(false);
        return await CommitAsync(Commit(found, events) with { Messages = messages, ExpectedVersion = expectedVersion, Turn = turn }, cancellationToken).ConfigureAwait(false);
    }

    private async IAsyncEnumerable<StoredMessage> ReadAsync(MessageQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_userId is not null || query is { Branch: null, AsOfVersion: null })
        {
            if (await FindAsync(query.ConversationId, cancellationToken).ConfigureAwait(false) is not { } found)
            {
                yield break;
            }

            // Another branch may become the present one between two pages.
            query = query.AsOfVersion is null ? query with { Branch = query.Branch ?? found.Branch } : query;
        }

        for (MessagePage? page = null; page is not { HasMore: false };)
        {
            page = await _store.ReadAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var message in page.Messages)
            {
                yield return message with { JsonOptions = _options.JsonOptions };
            }

            if (page.HasMore)
            {
                var last = page.Messages[^1].Sequence;
                query = query.IsDescending ? query with { BeforeSequence = last } : query with { AfterSequence = last };
            }
        }
    }

    private ConversationCommit Commit(Conversation conversation, IReadOnlyList<AgentEvent> events) => new()
    {
        ConversationId = conversation.Id,
        Tenant = _tenant,
        At = Now,
        ExpiresAt = Expiry,
        Events = events,
    };

    private async ValueTask<CommitResult> CommitAsync(ConversationCommit commit, CancellationToken cancellationToken)
    {
        var result = await _store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        if (!result.IsReplay)
        {
            try
            {
                await _events.PostAsync(commit.Events, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // It is done, and its events are raised: the wait for durable sinks alone has ended.
            }
        }

        return result;
    }

    private async ValueTask<Conversation> GetAsync(string conversationId, CancellationToken cancellationToken) =>
        await FindAsync(conversationId, cancellationToken).ConfigureAwait(false) ?? throw new ConversationNotFoundException(conversationId);

    private void ThrowIfNoUser(Conversation conversation, string argument)
    {
        if (_options.RequireUser && string.IsNullOrEmpty(conversation.UserId))
        {
            throw new ArgumentException(
                $"{nameof(ConversationOptions)}.{nameof(_options.RequireUser)} is set, and the conversation has no user. Set {nameof(Conversation.UserId)}, or use a view: In(tenant, userId).", argument);
        }
    }

    private Conversation? OwnOrNull(Conversation? found) => _userId is null || found?.UserId == _userId ? found : null;

    private ConversationQuery Own(ConversationQuery? query)
    {
        query ??= new();
        return query with { Tenant = _tenant, UserId = _userId ?? UserIdOf(query.UserId) };
    }

    /// <summary>Returns a user's id as it is stored, in events too.</summary>
    internal string? UserIdOf(string? userId) => StoredText.Id(_observability.Pipeline.UserIdOf(userId));
}
