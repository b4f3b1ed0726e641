using AiObs.TestSupport;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;

namespace AiObs.Tests.Privacy;

/// <summary>Where content goes, for each place that it may go to.</summary>
public sealed class ContentCaptureTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(ContentCapture.None, false, false)]
    [InlineData(ContentCapture.Spans, true, false)]
    [InlineData(ContentCapture.Events, false, true)]
    [InlineData(ContentCapture.All, true, true)]
    public async Task CaptureContent_OfAnswer_GoesWhereItMay(ContentCapture capture, bool onSpan, bool inLog)
    {
        using var cage = new CanaryCage(options => options.CaptureContent = capture);
        using var client = StubChatClient.Answering(new ChatResponse(Canary.AnswerMessage())).UseAgentObservability(cage.Root);

        await client.GetResponseAsync(Canary.Messages(), Canary.Options(), Token);

        AssertPlaces(cage, [Canary.Text, Canary.Instructions, Canary.Answer, Canary.AnswerArguments], onSpan, inLog);
    }

    [Theory]
    [InlineData(ContentCapture.None, false, false)]
    [InlineData(ContentCapture.Spans, true, false)]
    [InlineData(ContentCapture.Events, false, true)]
    [InlineData(ContentCapture.All, true, true)]
    public async Task CaptureContent_OfException_GoesWhereItMay(ContentCapture capture, bool onSpan, bool inLog)
    {
        using var cage = new CanaryCage(options => options.CaptureContent = capture);
        using var client = StubChatClient.Throwing(new InvalidOperationException(Canary.Exception)).UseAgentObservability(cage.Root);

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync("Hi", cancellationToken: Token));

        AssertPlaces(cage, [Canary.Exception], onSpan, inLog);
    }

    [Fact]
    public async Task RecordedAdditionalProperties_OneNamed_RecordsThatOneAlone()
    {
        using var cage = new CanaryCage(static options =>
        {
            options.CaptureContent = ContentCapture.Spans;
            options.RecordedAdditionalProperties.Add("tier");
        });
        using var client = new StubChatClient().UseAgentObservability(cage.Root);

        await client.GetResponseAsync("Hi", new() { AdditionalProperties = new() { ["tier"] = "gold", ["note"] = Canary.Property } }, Token);

        Assert.Equal("gold", Assert.Single(cage.Spans).GetTagItem("aiobs.request.tier"));
        cage.AssertNoneOf(Canary.Property);
    }

    private static void AssertPlaces(CanaryCage cage, string[] canaries, bool onSpan, bool inLog)
    {
        Assert.NotEmpty(cage.Logs);
        Assert.All(canaries, canary =>
        {
            Assert.Equal(onSpan, new CanaryScan(canary).Search(cage.Spans).Hits.Count > 0);
            Assert.Equal(inLog, new CanaryScan(canary).Search(cage.Logs).Hits.Count > 0);
        });
    }
}
