namespace AiObs.Dashboard.Tests.Browser;

/// <summary>Is an application in whose stores hostile texts stand everywhere.</summary>
public sealed class HostileHost : IAsyncLifetime
{
    private DashboardHost? _host;

    public Uri Address => _host!.Address;

    /// <summary>Gets what was seeded: by turns a trace of ours and one of another process is the first.</summary>
    internal IReadOnlyList<Seed> Seeds { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        _host = await DashboardHost.StartAsync(static root => Seed.Observe(root), static options => options.Title = HostileTexts.All[0]);
        var seeds = new List<Seed>();
        foreach (var (text, json) in HostileTexts.All.Zip(HostileTexts.Documents))
        {
            var seed = await HostileSeed.FillAsync(_host, text, json);
            seeds.Add(seeds.Count % 2 == 0 ? seed : seed with { TraceId = seed.OtherTraceId, OtherTraceId = seed.TraceId });
        }

        Seeds = seeds;
    }

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }
}
