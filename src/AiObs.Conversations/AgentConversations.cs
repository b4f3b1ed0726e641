using System.Runtime.CompilerServices;
using AiObs.Conversations.Storing;
using AiObs.Events;
using AiObs.Store;
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

    private readonly ConversationView _view;

    internal AgentConversations(AgentObservability observability, IConversationStore store, ConversationOptions options, Func<IChatClient?> findClient)
        : this(new ConversationView(observability, store, options, findClient))
    {
    }

    private AgentConversations(ConversationView view) => _view = view;

    /// <summary>Gets the store that they are kept in.</summary>
    public IConversationStore Store => _view.Store;

    /// <summary>Returns a view for a tenant, and for one of its users: what is another's is not found, and new conversations are theirs.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="userId">The user; by default all of the tenant. Hashed where <see cref="PrivacyOptions.UserIdHashKey"/> is set.</param>
    /// <returns>The view; it costs nothing to make.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="tenant"/> is <see langword="null"/>.</exception>
    public AgentConversations In(string tenant, string? userId = null)
    {
        ArgumentNullException.ThrowIfNull(tenant);
        return new(_view.In(tenant, userId));
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
        var now = _view.Now;
        conversation ??= new() { Id = Guid.CreateVersion7(now).ToString("N") };
        conversation = _view.New(conversation);
        await _view.CommitAsync(
            _view.Commit(conversation, _view.Events.Of(AgentEventTypes.ConversationCreated, conversation, now)) with { At = now, Create = conversation, ExpectedVersion = 0 }, cancellationToken).ConfigureAwait(false);
        return await _view.GetAsync(conversation.Id, CancellationToken.None).ConfigureAwait(false);
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
            var found = await _view.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
            var changed = change(found) ?? throw new ArgumentException("The change returned null. Return what it was given where nothing changes.", nameof(change));
            if (ReferenceEquals(changed, found))
            {
                return found;
            }

            changed = changed.UserId == found.UserId ? changed : changed with { UserId = _view.UserId ?? _view.UserIdOf(changed.UserId) };
            _view.ThrowIfNoUser(changed, nameof(change));
            try
            {
                await _view.CommitAsync(
                    _view.Commit(found, _view.Events.Of(AgentEventTypes.ConversationUpdated, found with { UserId = changed.UserId }, _view.Now)) with { Update = changed, ExpectedVersion = found.Version }, cancellationToken).ConfigureAwait(false);
                return await _view.GetAsync(conversationId, CancellationToken.None).ConfigureAwait(false);
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
    public ValueTask<Conversation?> FindAsync(string conversationId, CancellationToken cancellationToken = default) => _view.FindAsync(conversationId, cancellationToken);

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
    public ValueTask<ConversationPage> ListAsync(ConversationQuery? query = null, CancellationToken cancellationToken = default) => _view.Store.ListAsync(Own(query), cancellationToken);

    /// <summary>Counts conversations, on all pages.</summary>
    /// <param name="query">Which conversations; by default all. Its tenant, and its user where the view has one, are those of the view.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    /// <returns>How many there are.</returns>
    public ValueTask<long> CountAsync(ConversationQuery? query = null, CancellationToken cancellationToken = default) => _view.Store.CountAsync(Own(query), cancellationToken);

    /// <summary>Reads messages, page after page, in the order of their sequence.</summary>
    /// <param name="query">Which messages, and how many at once. Its tenant is that of the view.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The messages; none where there is no such conversation.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="query"/> is <see langword="null"/>.</exception>
    [OverloadResolutionPriority(1)] // So that new() { … } is a query: it could make a string, too.
    public IAsyncEnumerable<StoredMessage> ReadMessagesAsync(MessageQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return _view.ReadAsync(query with { Tenant = _view.Tenant, IncludeHidden = false }, cancellationToken);
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
        var made = _view.Messages.Of(message, isPinned);
        var result = await AddAsync(conversationId, [made], expectedVersion: null, cancellationToken).ConfigureAwait(false);
        var query = new MessageQuery { ConversationId = conversationId, Tenant = _view.Tenant, Branch = result.Branch, AfterSequence = result.Sequences[0] - 1, PageSize = 1 };
        await foreach (var stored in _view.ReadAsync(query, CancellationToken.None).ConfigureAwait(false))
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
    /// <exception cref="ConversationConflictException">The conversation has another version, or another message with one of the ids; or they end a turn, and others were faster twenty times in a row. The same messages with the same ids are not added twice.</exception>
    public ValueTask<CommitResult> AddMessagesAsync(
        string conversationId, IEnumerable<ChatMessage> messages, long? expectedVersion = null, string? turnId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        (StoredMessage, ChatMessage)[] made = [.. messages.Select(message => _view.Messages.Of(message, turnId: turnId))];
        return made.Length > 0 ? AddAsync(conversationId, made, expectedVersion, cancellationToken) : throw new ArgumentException("There are no messages to add.", nameof(messages));
    }

    private async ValueTask<CommitResult> AddAsync(
        string conversationId, IReadOnlyList<(StoredMessage Stored, ChatMessage Said)> made, long? expectedVersion, CancellationToken cancellationToken)
    {
        var found = await _view.GetAsync(conversationId, cancellationToken).ConfigureAwait(false);
        var (messages, events) = _view.Events.OfMessages(found, made, _view.Now);
        return expectedVersion is null ? await AgainAsync(AddAsync, found, cancellationToken).ConfigureAwait(false) : await AddAsync(found.Version).ConfigureAwait(false);

        async ValueTask<CommitResult> AddAsync(long version)
        {
            var turn = await EndAsync(messages[0].TurnId, conversationId, messages, cancellationToken).ConfigureAwait(false);
            var expected = expectedVersion ?? (turn is null ? null : version);
            return await _view.CommitAsync(_view.Commit(found, events) with { Messages = messages, ExpectedVersion = expected, Turn = turn }, cancellationToken).ConfigureAwait(false);
        }
    }

    private ConversationQuery Own(ConversationQuery? query)
    {
        query ??= new();
        return query with { Tenant = _view.Tenant, UserId = _view.UserId ?? _view.UserIdOf(query.UserId) };
    }
}
