using AiObs.Events;
using AiObs.TestSupport.Stubs;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace AiObs.Dashboard.Tests.Health;

public sealed class HealthPageTests
{
    private const string Evil = "<script>alert(1)</script>\u202e\u001b[31m";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_OfAHealthyRoot_SaysThatTheDoctorFindsNothing()
    {
        await using var host = await DashboardHost.StartAsync(static root => root
            .Configure(static o => o.CaptureContent = ContentCapture.All).AddCostTracking().AddStore(static s => s.UseInMemory()));
        await Calls.MakeAsync(Calls.Priced.UseAgentObservability(host.Observability), isStreaming: false);
        await host.Observability.Events.FlushAsync(Token);
        await host.Observability.FlushTracesAsync(Token);

        var text = await host.GetAsync("/health");

        Assert.Contains("""<p class="well">The doctor finds nothing.</p>""", text, StringComparison.Ordinal);
        Assert.Contains("""<p class="well">Spans are listened to.</p><p class="well">No exporter of this process has told of a failure in the last hour.</p>""", text, StringComparison.Ordinal);
        Assert.Contains("""<td><bdi>EventLog</bdi></td><td>event sink</td><td class="well">working</td><td class="n">0</td>""", text, StringComparison.Ordinal);
        Assert.Contains("""<td><bdi>Traces</bdi></td><td>trace store</td><td class="well">working</td><td class="n">0</td>""", text, StringComparison.Ordinal);
        Assert.Contains("""<p class="well">Each model that was called has a price.</p>""", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_OfARootWithoutCostAndContent_StandWithNumberCauseAndRemedy()
    {
        await using var host = await DashboardHost.StartAsync();
        await Calls.MakeAsync(Calls.Answering.UseAgentObservability(host.Observability), isStreaming: false);

        var text = await host.GetAsync("/health");

        Assert.Contains(
            """<article class="finding f-warning"><h3>AIOBS001 · warning</h3>""", text, StringComparison.Ordinal);
        Assert.Contains("""<p class="seen"><bdi>1 model calls used tokens, and none has a cost.</bdi></p>""", text, StringComparison.Ordinal);
        Assert.Contains("<pre><code><bdi>services.AddAgentObservability().AddCostTracking();</bdi></code></pre>", text, StringComparison.Ordinal);
        Assert.Contains("""<h3>AIOBS002 · information</h3>""", text, StringComparison.Ordinal);
        Assert.True(text.IndexOf("AIOBS001", StringComparison.Ordinal) < text.IndexOf("AIOBS002", StringComparison.Ordinal));
        Assert.Contains("<p>Nothing is priced.</p>", text, StringComparison.Ordinal);
        Assert.Contains("<p>There is no event sink. With the package AiObs.Store.Sqlite this line keeps events:</p>", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_ForARootThatAnyoneMayLookAt_NameTheLineThatSaysWho()
    {
        await using var host = await DashboardHost.StartAsync(options: static options => options.Access = DashboardAccess.Anyone);

        var finding = Assert.Single(await host.Observability.Doctor.RunAsync(Token), static finding => finding.Id == "AIOBS040");

        Assert.Equal((DoctorSeverity.Warning, "app.MapAgentObservability(\"/aiobs\").RequireAuthorization(\"ops\");"), (finding.Severity, finding.Remedy));
        Assert.Contains("AIOBS040 · warning", await host.GetAsync("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_WithTextsOfSomebodyHostile_AreText()
    {
        await using var host = await DashboardHost.StartAsync(services: static services => services.AddSingleton<IDoctorCheck>(new HostileCheck()));

        var text = await host.GetAsync("/health");

        Assert.DoesNotContain("<script>alert", text, StringComparison.Ordinal);
        Assert.DoesNotContain(text, static character => character is '\u202e' or '\u001b');
        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_Throws_IsAFindingAndTheRestOfThePageStands()
    {
        await using var host = await DashboardHost.StartAsync(services: static services => services.AddSingleton<IDoctorCheck>(new BrokenCheck()));

        var text = await host.GetAsync("/health");

        Assert.Contains("AIOBS099 · warning", text, StringComparison.Ordinal);
        Assert.Contains("AIOBS002 · information", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Models_WithoutAPrice_StandWithTheReasonAndTheClosestNames()
    {
        await using var host = await DashboardHost.StartAsync(static root => root.AddCostTracking());
        var model = Calls.Answering;
        model.Metadata = new("openai", new Uri("https://api.openai.com/v1"), "gpt-4o-minii" + Evil);
        model.OnResponse = static _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, "Hi")) { Usage = new() { InputTokenCount = 1, OutputTokenCount = 1 } });
        await Calls.MakeAsync(model.UseAgentObservability(host.Observability), isStreaming: false);

        var text = await host.GetAsync("/health");

        Assert.Contains("<td><bdi>openai</bdi></td><td><bdi>gpt-4o-minii&lt;script&gt;", text, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sink_Fails_StandsWithItsStateAndLastError()
    {
        var sink = new StubEventSink { OnWrite = static (_, _, _) => throw new InvalidOperationException("secret") };
        await using var host = await DashboardHost.StartAsync(root => root.AddEventSink(sink, static options => options.FailureThreshold = 1, "broken-sink"));
        await host.Observability.Events.TrackAsync("a", cancellationToken: Token);
        await sink.WaitForTriesAsync(1);
        while (host.Observability.Events.GetSinks()[0].State != EventSinkState.Broken)
        {
            await Task.Yield();
        }

        var text = await host.GetAsync("/health");

        Assert.Contains("""<td><bdi>broken-sink</bdi></td><td>event sink</td><td class="bad">broken</td><td class="n">1</td>""", text, StringComparison.Ordinal);
        Assert.Contains("<td><bdi>System.InvalidOperationException at ", text, StringComparison.Ordinal);
        Assert.Contains("AIOBS030 · error", text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        sink.OnWrite = static (_, _, _) => ValueTask.CompletedTask;
    }

    private sealed class HostileCheck : IDoctorCheck
    {
        public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) =>
            new([new(Evil, DoctorSeverity.Error, Evil, Evil, Evil)]);
    }

    private sealed class BrokenCheck : IDoctorCheck
    {
        public ValueTask<IReadOnlyList<DoctorFinding>> FindAsync(CancellationToken cancellationToken = default) => throw new InvalidOperationException("secret");
    }
}
