using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.OpenTelemetry.Tests;

/// <summary>Makes one observed call to a stub that answers "Hello." for 7 and 3 tokens.</summary>
internal static class ObservedCall
{
    public static async Task MakeAsync(string source, ChatOptions? options = null)
    {
        using var client = CreateStub().UseAgentObservability(o => o.SourceName = source);

        await client.GetResponseAsync("Hi", options, TestContext.Current.CancellationToken);
    }

    public static StubChatClient CreateStub() => StubChatClient.Answering(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hello."))
    {
        ModelId = "stub-model-1",
        FinishReason = ChatFinishReason.Stop,
        Usage = new() { InputTokenCount = 7, OutputTokenCount = 3 },
    });
}
