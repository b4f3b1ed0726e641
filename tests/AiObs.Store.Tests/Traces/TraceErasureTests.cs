using AiObs.TestSupport.Stubs;

namespace AiObs.Store.Tests.Traces;

public sealed class TraceErasureTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EraseTraceContentAsync_SpansThatWait_AreErasedToo()
    {
        await using var traced = new TracedRoot(build: CaptureContent);
        await AskAsync(traced, "ann");
        await AskAsync(traced, "bob");

        var erased = await traced.Root.EraseTraceContentAsync(new() { UserId = "ann" }, Stop);

        Assert.Equal(new(1, IsWiped: true), erased);
        Assert.Equal([("ann", false), ("bob", true)], await ReadAsync(traced));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EraseTraceContentAsync_UserIdHashKey_FindsTheUserByNameAndByHash(bool isByName)
    {
        await using var traced = new TracedRoot(build: static builder =>
        {
            CaptureContent(builder);
            builder.Configure(static options => options.Privacy.UserIdHashKey = Key);
        });
        await AskAsync(traced, "ann");
        await AskAsync(traced, "bob");
        var hash = (await ReadAsync(traced))[0].UserId!;
        Assert.Equal(32, hash.Length);

        var erased = await traced.Root.EraseTraceContentAsync(new() { UserId = isByName ? "ann" : hash }, Stop);

        Assert.Equal(new(1, IsWiped: true), erased);
        Assert.Equal([false, true], (await ReadAsync(traced)).Select(static span => span.HasContent));
    }

    [Fact]
    public async Task EraseTraceContentAsync_SpansFromBeforeTheKey_AreErasedToo()
    {
        var store = new InMemoryTraceStore();
        await using (var before = new TracedRoot(store, CaptureContent))
        {
            await AskAsync(before, "ann");
        }

        await using var traced = new TracedRoot(store, static builder =>
        {
            CaptureContent(builder);
            builder.Configure(static options => options.Privacy.UserIdHashKey = Key);
        });
        await AskAsync(traced, "ann");

        Assert.Equal(2, (await traced.Root.EraseTraceContentAsync(new() { UserId = "ann" }, Stop)).Count);
        Assert.All(await ReadAsync(traced), static span => Assert.False(span.HasContent));
    }

    [Fact]
    public async Task EraseTraceContentAsync_NoTracesKept_SaysSo()
    {
        await using var root = AgentObservability.Create(static _ => { });

        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await root.EraseTraceContentAsync(TraceQuery.All, Stop));

        Assert.Equal("No traces are kept, so that there is nothing to erase. Call AddTraces() on AddAgentObservability().", refused.Message);
        await Assert.ThrowsAsync<ArgumentNullException>("query", async () => await root.EraseTraceContentAsync(null!, Stop));
    }

    private static void CaptureContent(AgentObservabilityBuilder builder) => builder.Configure(static options => options.CaptureContent = ContentCapture.Spans);

    private static async Task AskAsync(TracedRoot traced, string user)
    {
        using var scope = AgentContext.Begin(userId: user);
        await traced.AskAsync(new StubChatClient());
        traced.Clock.Advance(TimeSpan.FromMilliseconds(1));
    }

    private static async Task<List<(string? UserId, bool HasContent)>> ReadAsync(TracedRoot traced) =>
        [.. (await traced.SpansAsync()).Select(static span => (span.UserId, span.Content is not null))];
}
