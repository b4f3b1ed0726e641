using Microsoft.Extensions.AI;

namespace AiObs.Recording;

/// <summary>A call of a function whose arguments are no object: a stream that was cut, or bad JSON.</summary>
/// <param name="callId">The id of the call.</param>
/// <param name="name">The name of the function.</param>
/// <param name="text">What the model wrote in the place of arguments.</param>
internal sealed class UnreadCallContent(string callId, string name, string text) : FunctionCallContent(callId, name)
{
    public string Text => text;
}
