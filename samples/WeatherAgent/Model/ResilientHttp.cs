using Microsoft.Extensions.DependencyInjection;

namespace WeatherAgent.Model;

/// <summary>Makes the HTTP clients that the SDKs talk through: they repeat what a service was too busy for, so that the SDKs need not.</summary>
internal sealed class ResilientHttp : IDisposable
{
    private const string Name = "model";
    private const int Retries = 2;

    // An answer may take minutes, where the defaults mean web pages.
    private static readonly TimeSpan AttemptTimeout = TimeSpan.FromMinutes(2);

    private readonly ServiceProvider _services;

    public ResilientHttp()
    {
        var services = new ServiceCollection();
        services
            .AddHttpClient(Name, static client => client.Timeout = Timeout.InfiniteTimeSpan)
            .AddStandardResilienceHandler(static options =>
            {
                options.Retry.MaxRetryAttempts = Retries;
                options.Retry.Delay = TimeSpan.FromSeconds(0.5);
                options.AttemptTimeout.Timeout = AttemptTimeout;
                options.TotalRequestTimeout.Timeout = AttemptTimeout * (Retries + 1);
                options.CircuitBreaker.SamplingDuration = AttemptTimeout * 2;
            });
        _services = services.BuildServiceProvider();
        Client = _services.GetRequiredService<IHttpClientFactory>().CreateClient(Name);
    }

    public HttpClient Client { get; }

    public void Dispose() => _services.Dispose();
}
