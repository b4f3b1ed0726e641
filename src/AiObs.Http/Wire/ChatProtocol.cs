using System.Text.Json;
using AiObs.Operations;
using AiObs.Recording;
using Microsoft.Extensions.AI;

namespace AiObs.Http.Wire;

/// <summary>How one interface of the service writes a chat.</summary>
internal abstract class ChatProtocol
{
    /// <summary>Gets the value of <c>openai.api.type</c>; <see langword="null"/> where it is no interface of OpenAI's.</summary>
    public virtual string? ApiType => null;

    /// <summary>Gets whose protocol it is, and so who answers where the address does not say otherwise.</summary>
    public abstract string Provider { get; }

    /// <summary>Tells whether a request asks for a stream.</summary>
    public virtual bool IsStream(JsonElement body) => body.GetFlag("stream");

    /// <summary>Reads a request.</summary>
    /// <param name="body">The body; undefined where it is not known.</param>
    /// <param name="model">The model that is asked.</param>
    /// <param name="keepsContent">Whether anybody wants to know what is said.</param>
    public abstract WireRequest ReadRequest(JsonElement body, string? model, bool keepsContent);

    /// <summary>Reads a whole response.</summary>
    public abstract WireResponse ReadResponse(JsonElement body);

    /// <summary>Reads what was used, and nothing else, of a whole response or of one event; <see langword="null"/> where it does not say.</summary>
    public TokenUsage? ReadUsed(JsonElement data)
    {
        var state = StateIn(data);
        return UsageNormalizer.Normalize(UsageMerge.Merge(ReadUsage(state), UsageReading.RawOf(state)), Provider);
    }

    /// <summary>Notes what a whole response, or one event, says of what served it.</summary>
    public void NoteProperties(WireDetails details, JsonElement data) => WireProperties.NoteOn(details, WireProperties.Of(StateIn(data)));

    /// <summary>Makes what reads the events of one stream.</summary>
    /// <param name="keepsContent">Whether anybody wants to know what is said.</param>
    /// <param name="keepsCalls">Whether anybody wants to know the tool calls.</param>
    public abstract ChatEventReader ReadEvents(bool keepsContent, bool keepsCalls);

    /// <summary>Returns the response that an event brings, as far as it goes; a whole response is its own.</summary>
    protected virtual JsonElement StateIn(JsonElement data) => data;

    protected abstract UsageDetails? ReadUsage(JsonElement state);
}
