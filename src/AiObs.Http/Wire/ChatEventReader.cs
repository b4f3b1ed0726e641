using System.Text.Json;
using AiObs.Operations;

namespace AiObs.Http.Wire;

/// <summary>Reads the events of one stream.</summary>
internal abstract class ChatEventReader
{
    /// <summary>Gets the choices that were met, in their order; <see langword="null"/> where there is one at most.</summary>
    public virtual IReadOnlyList<AnswerChoice>? Choices => null;

    public abstract WireEvent Read(JsonElement data);

    /// <summary>Reads what was used, and nothing else, of an event that nobody asked for; <see langword="null"/> where it does not say.</summary>
    public virtual TokenUsage? ReadUsed(ChatProtocol protocol, JsonElement data) => protocol.ReadUsed(data);
}
