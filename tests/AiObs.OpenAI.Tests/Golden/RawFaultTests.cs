using AiObs.TestSupport.Pictures;
using FakeModelServer;
using Microsoft.Extensions.AI;

namespace AiObs.OpenAI.Tests.Golden;

/// <summary>
/// Known faults with the SDK's own exceptions and choices. Each has what is right beside it: it passes while the fault stands, and asks to be
/// turned when the fault is mended.
/// </summary>
public sealed class RawFaultTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    public async Task ChatClient_ServiceRefuses_TellsTheStatus(int status)
    {
        await using var client = await RawClient.StartAsync();
        using var recorder = new Recorder();
        client.Server.Enqueue(ModelReply.Fail(status));
        var sdk = client.Connect(static _ => { }).GetChatClient(RawClient.ChatModel);
        using var observed = new SdkChatClient(sdk, client.Server.OpenAIBaseAddress, RawClient.ChatModel).UseAgentObservability(client.Root);

        await Assert.ThrowsAnyAsync<Exception>(() => observed.GetResponseAsync("How is Rome?", cancellationToken: Token));

        recorder.NoteLine($"error.type: {client.Span.GetTagItem("error.type")}");
        await ApproveAsync(recorder, $"Status{status}", "L7");
    }

    private static async Task ApproveAsync(Recorder recorder, string name, string fault) =>
        Approval.Beside("Faults").Approve(name, new Picture().Add("facts", await recorder.DrawAsync(Token, PictureParts.Caller)).ToString(), fault);
}
