using System.Text.Json;

namespace AiObs.OpenAI.Wire;

/// <summary>Reads the events of one stream.</summary>
internal abstract class ChatEventReader
{
    public abstract WireEvent Read(JsonElement data);
}
