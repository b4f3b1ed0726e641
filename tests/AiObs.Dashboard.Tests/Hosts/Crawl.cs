using System.Net;
using System.Text.RegularExpressions;

namespace AiObs.Dashboard.Tests.Hosts;

/// <summary>Follows each link of each page, as somebody does who clicks on everything.</summary>
/// <param name="host">The application.</param>
/// <param name="mount">The address below which everything has to be, as a browser sees it.</param>
internal sealed partial class Crawl(DashboardHost host, string mount)
{
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);
    private readonly Queue<(string Address, string On)> _open = [];

    /// <summary>What was wrong with them: a status that is not 200, or an address outside of the mount.</summary>
    private readonly List<string> _faults = [];

    /// <summary>Gets what a request needs besides its address.</summary>
    public Action<HttpRequestMessage>? Ask { get; init; }

    /// <summary>Gets the part of addresses that a proxy in front takes away.</summary>
    public string Proxied { get; init; } = "";

    /// <summary>Gets the addresses that were asked for.</summary>
    public List<string> Visited { get; } = [];

    public async Task StartAtAsync(params IEnumerable<string> addresses)
    {
        foreach (var address in addresses)
        {
            Add(address, "the start");
        }

        while (_open.TryDequeue(out var next))
        {
            await VisitAsync(next.Address, next.On);
        }
    }

    public void AssertNoFaults() => Assert.True(_faults.Count == 0, string.Join('\n', _faults));

    private async Task VisitAsync(string address, string on)
    {
        Visited.Add(address);
        using var response = await host.SendRawAsync(address[Proxied.Length..], Ask);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            _faults.Add($"{(int)response.StatusCode} {address} on {on}");
        }

        if (response.Content.Headers.ContentType?.MediaType == "text/html")
        {
            var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            foreach (var link in Attribute().Matches(text).Select(static match => WebUtility.HtmlDecode(match.Groups["value"].Value)))
            {
                Add(link, address);
            }
        }
    }

    private void Add(string link, string on)
    {
        var target = new Uri(new Uri(host.Address, on.StartsWith('/') ? on : "/"), link);
        if (target.Authority != host.Address.Authority || !IsBelow(target.AbsolutePath))
        {
            _faults.Add($"elsewhere {link} on {on}");
        }
        else if (Parts(target).Where(_seen.Add).ToArray() is { Length: > 0 })
        {
            _open.Enqueue((target.PathAndQuery, on));
        }
    }

    private bool IsBelow(string path) => mount.Length == 0 || path == mount || path.StartsWith(mount + "/", StringComparison.Ordinal);

    /// <summary>The path by itself and with each name of its query: filters can be put together in too many ways to try all.</summary>
    private static IEnumerable<string> Parts(Uri address) =>
        [address.AbsolutePath, .. address.Query.TrimStart('?').Split('&').Select(part => $"{address.AbsolutePath}?{part.Split('=')[0]}")];

    [GeneratedRegex("""\s(href|src|action|data-span|data-rows)="(?<value>[^"]*)"[\s>]""")]
    private static partial Regex Attribute();
}
