namespace AiObs.Cost.Pricing;

/// <summary>Loads the sources of prices that the application registered, beside all calls; a load that fails is tried again by later calls, less and less often.</summary>
internal sealed class PricingLoader : IDisposable
{
    private const string Part = "pricing";
    private const int MaxAttempts = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Load[] _loads;
    private readonly Faults _faults;
    private readonly TimeProvider _clock;
    private CancellationTokenRegistration _stop;
    private volatile int _unfinished;

    public PricingLoader(IReadOnlyCollection<IPricingProvider> providers, Faults faults, TimeProvider clock)
    {
        _loads = [.. providers.Select(static provider => new Load(provider))];
        _unfinished = _loads.Length;
        _faults = faults;
        _clock = clock;
    }

    /// <summary>Starts to load whatever is due.</summary>
    /// <returns>A task that ends, and never fails, when everything that runs now has ended.</returns>
    public Task Start(CancellationToken stopping)
    {
        if (stopping.CanBeCanceled)
        {
            _stop.Dispose();
            _stop = stopping.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _stopping);
        }

        StartDue();
        lock (_lock)
        {
            return Task.WhenAll(_loads.Select(static load => load.Running));
        }
    }

    /// <summary>Starts to load whatever is due; costs nothing once everything is loaded.</summary>
    public void StartDue()
    {
        if (_unfinished == 0)
        {
            return;
        }

        lock (_lock)
        {
            var now = _clock.GetUtcNow();
            foreach (var load in _loads)
            {
                if (!load.IsFinished && load.Running.IsCompleted && now >= load.Due && !_stopping.IsCancellationRequested)
                {
                    load.Running = Run(load);
                }
            }
        }
    }

    public void Dispose()
    {
        _stop.Dispose();
        _stopping.Cancel();
    }

    /// <summary>Runs on a thread of its own: a source may block before its first await.</summary>
    private Task Run(Load load) => Quietly.Start(() => Task.Run(() => RunAsync(load)));

    private async Task RunAsync(Load load)
    {
        var isLoaded = await _faults.RunAsync(
            Part, (load.Provider, _stopping.Token), static state => LoadAsync(state.Provider, state.Token)).ConfigureAwait(false);
        lock (_lock)
        {
            load.Attempts++;
            load.Due = _clock.GetUtcNow() + (FirstPause * Math.Pow(2, load.Attempts - 1));
            if (isLoaded || load.Attempts == MaxAttempts)
            {
                load.IsFinished = true;
                _unfinished--;
            }
        }
    }

    private static async ValueTask LoadAsync(IPricingProvider provider, CancellationToken stopping)
    {
        try
        {
            await provider.LoadAsync(stopping).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The application stops: nothing has failed.
        }
    }

    private sealed class Load(IPricingProvider provider)
    {
        public IPricingProvider Provider { get; } = provider;

        public Task Running { get; set; } = Task.CompletedTask;

        public DateTimeOffset Due { get; set; }

        public int Attempts { get; set; }

        public bool IsFinished { get; set; }
    }
}
