using AiObs.Cost;
using Microsoft.Extensions.AI;

namespace AiObs.Chat;

/// <summary>Passes cost tracking down to the client behind a stream, and observes nothing by itself.</summary>
internal sealed class CostStreamPassage(CostScope scope) : StreamObservation
{
    public override StreamStart Start(IList<ChatMessage> messages, ChatOptions? options)
    {
        AgentContext.PassDown(scope);
        return new StreamStart(IsObserved: false, Operation: null, scope);
    }
}
