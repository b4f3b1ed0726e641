using System.Text.Json;
using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Wire;

/// <summary>How one interface of the service writes a chat.</summary>
internal abstract class ChatProtocol
{
    /// <summary>Gets the value of <c>openai.api.type</c>.</summary>
    public abstract string ApiType { get; }

    /// <summary>Reads a request.</summary>
    /// <param name="body">The body; undefined where it is not known.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="keepsContent">Whether anybody wants to know what is said.</param>
    public abstract WireRequest ReadRequest(JsonElement body, string? model, bool keepsContent);

    /// <summary>Reads a whole response.</summary>
    public abstract WireResponse ReadResponse(JsonElement body);

    /// <summary>Reads the usage alone of one event of a stream; <see langword="null"/> where it reports none.</summary>
    public abstract UsageDetails? ReadEventUsage(JsonElement data);

    /// <summary>Makes what reads the events of one stream.</summary>
    /// <param name="keepsContent">Whether anybody wants to know what is said.</param>
    /// <param name="keepsCalls">Whether anybody wants to know the tool calls.</param>
    public abstract ChatEventReader ReadEvents(bool keepsContent, bool keepsCalls);
}
