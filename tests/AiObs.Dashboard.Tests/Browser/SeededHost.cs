using Microsoft.AspNetCore.Builder;

namespace AiObs.Dashboard.Tests.Browser;

/// <summary>Is an application with something to show on each page, for tests that only read.</summary>
public class SeededHost : IAsyncLifetime
{
    private DashboardHost? _host;
    private Seed? _seed;

    public async ValueTask InitializeAsync()
    {
        (_host, _seed) = await Seed.StartAsync(use: Use);
        await FillAsync(_host);
    }

    /// <summary>Returns the address of a page of <see cref="Pages"/>.</summary>
    public Uri AddressOf(string name) => new(_host!.Address, DashboardHost.Prefix + Pages.Find(name).Address(_seed!));

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    /// <summary>Adds middleware in front of the dashboard.</summary>
    protected virtual void Use(WebApplication app)
    {
    }

    /// <summary>Puts more into its stores.</summary>
    private protected virtual Task FillAsync(DashboardHost host) => Task.CompletedTask;
}
