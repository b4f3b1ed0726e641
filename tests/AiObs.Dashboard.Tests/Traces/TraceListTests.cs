using System.Net;

namespace AiObs.Dashboard.Tests.Traces;

public sealed class TraceListTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_ShowsTraces_AndLinksThem()
    {
        await using var host = await DashboardHost.StartAsync();
        await host.Traces.AppendAsync([Spans.Make(1, 1, name: "invoke_agent <weather>")], Token);

        var page = await host.GetAsync("/traces");

        Assert.Contains($"""<td class="wide"><a href="/aiobs/traces/{Spans.TraceId(1)}"><bdi>invoke_agent &lt;weather&gt;</bdi></a></td>""", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_WithNothing_SaysTheLineToAdd()
    {
        await using var host = await DashboardHost.StartAsync();

        Assert.Contains("<pre><code>services.AddChatClient(client).UseAgentObservability()</code></pre>", await host.GetAsync("/traces"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Trace_ThatIsNotThere_Is404()
    {
        await using var host = await DashboardHost.StartAsync();

        using var response = await host.SendAsync("/traces/" + Spans.TraceId(7));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
