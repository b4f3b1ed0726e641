using System.Runtime.CompilerServices;
using AiObs.Events;
using AiObs.Store;
using AiObs.Store.Events;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations.Storing;

/// <summary>The conversations that a tenant, or one of its users, may see, and the one way to commit to them.</summary>
internal sealed class ConversationView
{
    private readonly Func<IChatClient?> _findClient;

    public ConversationView(AgentObservability observability, IConversationStore store, ConversationOptions options, Func<IChatClient?> findClient)
        : this(observability, store, options, findClient, new(observability.Core.Meter), new(observability.Core.Logger), tenant: "", user: null)
    {
    }

    private ConversationView(
        AgentObservability observability,
        IConversationStore store,
        ConversationOptions options,
        Func<IChatClient?> findClient,
        ConversationMetrics metrics,
        ProviderHistory providerHistory,
        string tenant,
        string? user)
    {
        _findClient = findClient;
        ProviderHistory = providerHistory;
        Observability = observability;
        Store = store;
        Options = options;
        Metrics = metrics;
        Events = new(observability.Events);
        Messages = new(options, observability.Core.Clock, observability.Core.Faults);
        Tenant = tenant;
        User = user;
        UserId = UserIdOf(user);
    }

    public AgentObservability Observability { get; }

    public IConversationStore Store { get; }

    public ConversationOptions Options { get; }

    public ConversationMetrics Metrics { get; }

    public ProviderHistory ProviderHistory { get; }

    public ConversationEvents Events { get; }

    public NewMessages Messages { get; }

    public string Tenant { get; }

    /// <summary>Gets the user as the application knows him.</summary>
    public string? User { get; }

    /// <summary>Gets the user as he is stored.</summary>
    public string? UserId { get; }

    public TimeProvider Clock => Observability.Core.Clock;

    public DateTimeOffset Now => Clock.GetUtcNow();

    private DateTimeOffset? Expiry => Options.TimeToLive is { } time ? (time < DateTimeOffset.MaxValue - Now ? Now + time : DateTimeOffset.MaxValue) : null;

    public ConversationView In(string tenant, string? user) => new(Observability, Store, Options, _findClient, Metrics, ProviderHistory, tenant, user);

    /// <summary>Returns the client in the container, where there is one.</summary>
    public IChatClient? FindClient() => _findClient();

    public ConversationCommit Commit(Conversation conversation, IReadOnlyList<AgentEvent> events) => new()
    {
        ConversationId = conversation.Id,
        Tenant = Tenant,
        At = Now,
        ExpiresAt = Expiry,
        Events = events,
    };

    public async ValueTask<CommitResult> CommitAsync(ConversationCommit commit, CancellationToken cancellationToken)
    {
        var result = await Store.CommitAsync(commit, cancellationToken).ConfigureAwait(false);
        if (!result.IsReplay)
        {
            try
            {
                await Events.PostAsync(commit.Events, cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // It is done, and its events are raised: the wait for durable sinks alone has ended.
            }
        }

        return result;
    }

    public async ValueTask<Conversation?> FindAsync(string conversationId, CancellationToken cancellationToken) =>
        OwnOrNull(await Store.FindAsync(Tenant, conversationId, cancellationToken: cancellationToken).ConfigureAwait(false));

    /// <exception cref="ConversationNotFoundException">There is no such conversation, or none any more.</exception>
    public async ValueTask<Conversation> GetAsync(string conversationId, CancellationToken cancellationToken) =>
        await FindAsync(conversationId, cancellationToken).ConfigureAwait(false) ?? throw new ConversationNotFoundException(conversationId);

    /// <summary>Reads messages, page after page; none where there is no such conversation.</summary>
    public async IAsyncEnumerable<StoredMessage> ReadAsync(MessageQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (UserId is not null || query is { Branch: null, AsOfVersion: null })
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
            page = await Store.ReadAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var message in page.Messages)
            {
                yield return message with { JsonOptions = Options.JsonOptions };
            }

            if (page.HasMore)
            {
                var last = page.Messages[^1].Sequence;
                query = query.IsDescending ? query with { BeforeSequence = last } : query with { AfterSequence = last };
            }
        }
    }

    /// <summary>Returns a conversation that is to be made, as it is of this view: without a user it is that of the view, or else of the flow.</summary>
    /// <exception cref="ArgumentException">A user is required, and there is none.</exception>
    public Conversation New(Conversation conversation)
    {
        conversation = conversation with { Tenant = Tenant, UserId = UserId ?? UserIdOf(conversation.UserId ?? AgentContext.Current?.UserId) };
        ThrowIfNoUser(conversation, nameof(conversation));
        return conversation;
    }

    public Conversation? OwnOrNull(Conversation? found) => UserId is null || found?.UserId == UserId ? found : null;

    /// <summary>Returns a user's id as it is stored, in events too.</summary>
    public string? UserIdOf(string? userId) => StoredText.Id(Observability.Pipeline.UserIdOf(userId));

    /// <exception cref="ArgumentException">A user is required, and there is none.</exception>
    public void ThrowIfNoUser(Conversation conversation, string argument)
    {
        if (Options.RequireUser && string.IsNullOrEmpty(conversation.UserId))
        {
            throw new ArgumentException(
                $"{nameof(ConversationOptions)}.{nameof(Options.RequireUser)} is set, and the conversation has no user. Set {nameof(Conversation.UserId)}, or use a view: In(tenant, userId).", argument);
        }
    }
}
