using System.Text.RegularExpressions;

namespace AiObs.Dashboard.Tests.Traces;

public sealed partial class TraceViewTests
{
    [Fact]
    public async Task Toggled_MoreThanAnAddressHolds_AreForgotten()
    {
        await using var host = await DashboardHost.StartAsync();
        await host.Traces.AppendAsync([.. Enumerable.Range(1, 3).Select(static span => Spans.Make(1, span, span == 1 ? null : 1))], TestContext.Current.CancellationToken);

        var page = await host.GetAsync($"/traces/{Spans.TraceId(1)}?toggled={string.Join(',', Enumerable.Range(100, 200).Select(Spans.SpanId))}");

        Assert.All(Toggled().Matches(page), static match => Assert.InRange(match.Groups["ids"].Value.Split("%2C").Length, 1, 65));
        Assert.InRange(Toggled().Count(page), 3, int.MaxValue);
    }

    [GeneratedRegex("toggled=(?<ids>[^&\"]*)")]
    private static partial Regex Toggled();
}
