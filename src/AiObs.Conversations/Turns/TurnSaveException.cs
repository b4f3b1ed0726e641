using Microsoft.Extensions.AI;

namespace AiObs.Conversations;

/// <summary>A model has answered, and the answer could not be stored. It is here.</summary>
public sealed class TurnSaveException : Exception
{
    /// <summary>Initializes a new instance of the <see cref="TurnSaveException"/> class.</summary>
    /// <param name="turnId">The turn.</param>
    /// <param name="response">What the model has answered.</param>
    /// <param name="innerException">Why it could not be stored.</param>
    public TurnSaveException(string turnId, ChatResponse response, Exception innerException)
        : base($"The answer of the turn '{turnId}' could not be stored. It is in {nameof(Response)}; the model is asked again where the turn is tried again.", innerException)
    {
        TurnId = turnId;
        Response = response;
    }

    /// <summary>Gets the turn.</summary>
    public string TurnId { get; }

    /// <summary>Gets what the model has answered.</summary>
    public ChatResponse Response { get; }
}
