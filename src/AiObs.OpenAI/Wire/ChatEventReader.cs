using System.Text.Json;
using AiObs.Cost.Usage;

namespace AiObs.OpenAI.Wire;

/// <summary>Reads the events of one stream.</summary>
internal abstract class ChatEventReader
{
    /// <summary>Gets the tokens of the tool calls that have begun and not come to their end, by estimate.</summary>
    public abstract TokenEstimate Unfinished { get; }

    public abstract WireEvent Read(JsonElement data);
}
