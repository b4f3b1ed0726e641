using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations;

/// <summary>Keeps what is said through a client: each call is a turn of the conversation that <see cref="ChatOptions.ConversationId"/> names.</summary>
/// <remarks>
/// It is for a client what a service is that keeps the history: send what is new, with the id that came with the answer before; without one a conversation is begun.
/// The id is not passed on. Messages of the system are instructions for the call, which go before the history and are not stored.
/// </remarks>
public sealed class ConversationChatClient : DelegatingChatClient
{
    private readonly AgentConversations _conversations;
    private readonly TurnOptions _options;

    /// <summary>Initializes a new instance of the <see cref="ConversationChatClient"/> class.</summary>
    /// <param name="innerClient">The client that answers.</param>
    /// <param name="conversations">The conversations, or a view of them.</param>
    /// <param name="options">How turns are done; their client and chat options are those of the call.</param>
    /// <exception cref="ArgumentNullException">An argument is <see langword="null"/>.</exception>
    public ConversationChatClient(IChatClient innerClient, AgentConversations conversations, TurnOptions? options = null)
        : base(innerClient)
    {
        ArgumentNullException.ThrowIfNull(conversations);
        _conversations = conversations;
        _options = options ?? new();
    }

    /// <inheritdoc/>
    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        var request = RequestOf(messages, options);
        var turn = await _conversations.ConverseAsync(request, cancellationToken).ConfigureAwait(false);
        turn.Response.ConversationId = request.ConversationId;
        return turn.Response;
    }

    /// <inheritdoc/>
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = RequestOf(messages, options);
        var stream = _conversations.ConverseStreamingAsync(request, cancellationToken);
        await foreach (var update in stream.ConfigureAwait(false))
        {
            // The store has what the client said; who reads this one is told where it is kept.
            var told = update.Clone();
            told.ConversationId = request.ConversationId;
            yield return told;
        }

        if ((await stream.Result.ConfigureAwait(false)) is { SaveError: { } error } unsaved)
        {
            throw new TurnSaveException(unsaved.TurnId, unsaved.Response, error);
        }
    }

    private TurnRequest RequestOf(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var all = messages.ToLookup(static message => message.Role == ChatRole.System);
        return new()
        {
            ConversationId = options?.ConversationId is { Length: > 0 } id ? id : Guid.CreateVersion7().ToString("N"),
            Messages = [.. all[false]],
            Instructions = [.. all[true]],
            Options = _options with { Client = InnerClient, ChatOptions = options },
        };
    }
}
