using AiObs.Conversations.Turns;
using AiObs.Guardrails;
using AiObs.Memory;
using AiObs.Store;
using Microsoft.Extensions.AI;

namespace AiObs.Conversations;

/// <content>Turns.</content>
public sealed partial class AgentConversations
{
    /// <summary>Does a turn: stores what the user says, asks the model with as much of the conversation as memory leaves, and stores the answer.</summary>
    /// <param name="conversationId">The conversation; created where there is none.</param>
    /// <param name="text">What the user says.</param>
    /// <param name="options">How the turn is done.</param>
    /// <param name="cancellationToken">Cancels it. What is stored by then stays, and that it was cancelled is stored too.</param>
    /// <returns>What came of it.</returns>
    /// <inheritdoc cref="ConverseAsync(TurnRequest, CancellationToken)" path="/exception"/>
    public Task<TurnResult> ConverseAsync(string conversationId, string text, TurnOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        return ConverseAsync(new() { ConversationId = conversationId, Messages = [new(ChatRole.User, text)], Options = options }, cancellationToken);
    }

    /// <summary>Does a turn: stores what is new, asks the model with as much of the conversation as memory leaves, and stores the answer.</summary>
    /// <param name="request">The turn.</param>
    /// <param name="cancellationToken">Cancels it. What is stored by then stays, and that it was cancelled is stored too.</param>
    /// <returns>What came of it.</returns>
    /// <remarks>
    /// It is two commits: the question before the model is asked, the answer after it. Tried again with the same <see cref="TurnRequest.TurnId"/>, a turn that was answered gives the stored answer,
    /// and one that was not is gone on with, without its question being stored twice.
    /// </remarks>
    /// <exception cref="ArgumentException">There is nothing to answer, a message is too large, what is to be replaced is not there, or a user is required and there is none. Nothing was stored.</exception>
    /// <exception cref="InvalidOperationException">There is no client. Nothing was stored.</exception>
    /// <exception cref="ConversationNotFoundException">There is no such conversation and none may be created, or there is none any more.</exception>
    /// <exception cref="ConversationBusyException">Another turn is running, and <see cref="TurnOptions.Concurrency"/> does not say otherwise; or this one is.</exception>
    /// <exception cref="ConversationConflictException">A message has an id that is taken, or others were faster twenty times in a row.</exception>
    /// <exception cref="GuardrailException">What was said, or the answer, was refused; that is stored.</exception>
    /// <exception cref="MemoryException">A strategy failed and <see cref="MemoryRequest.OnFailure"/> does not say otherwise, or what must be kept does not fit. Nothing was stored.</exception>
    /// <exception cref="TurnSaveException">The model has answered, and the answer could not be stored.</exception>
    public Task<TurnResult> ConverseAsync(TurnRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new TurnRun(_view, request, isStreaming: false).RunAsync(cancellationToken);
    }

    /// <summary>Does a turn as <see cref="ConverseAsync(TurnRequest, CancellationToken)"/> does, with the answer as it comes.</summary>
    /// <param name="request">The turn.</param>
    /// <param name="cancellationToken">Cancels it. What was delivered by then is stored as <see cref="TurnOptions.PartialAnswers"/> say.</param>
    /// <returns>The updates, and what came of the turn. Whoever enumerates it does the turn; its exceptions come from there.</returns>
    /// <exception cref="ArgumentException">There is nothing to answer.</exception>
    /// <exception cref="InvalidOperationException">There is no client.</exception>
    public TurnStream ConverseStreamingAsync(TurnRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(new TurnRun(_view, request, isStreaming: true), cancellationToken);
    }
}
