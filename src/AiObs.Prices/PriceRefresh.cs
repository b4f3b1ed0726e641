using System.Text;
using AiObs.Cost.Units;
using AiObs.Operations;
using AiObs.Pipeline;
using AiObs.Prices;

namespace AiObs.Cost.Pricing;

/// <summary>Keeps the price table of a root fresh; <c>AddPriceRefresh()</c> adds it to the services.</summary>
/// <remarks>
/// A table is checked before a call is priced by it. It is rejected, and the one in force stays, where it cannot be read whole; is larger than 8 MiB; has a unit, a condition or a pattern that is not known,
/// or a rate that is negative or no number; lacks more than a tenth of the models of the package's table; has more than five rates that are 0 or more than ten times off those; or has not the hash or the
/// signature that the options ask for. What goes wrong is counted as <c>price_refresh</c> in <c>aiobs.faults</c> and logged once; the metric <c>aiobs.prices.age</c> tells for how many seconds the table in force was not
/// known to be current.
/// </remarks>
public sealed class PriceRefresh : IDisposable
{
    private readonly PriceRefreshOptions _options;
    private readonly CurrentTable _table;
    private readonly ObservabilityCore _core;
    private readonly PriceDownload _download;
    private readonly PriceCache? _cache;
    private readonly PriceRefreshNews _news;
    private readonly string _place;
    private readonly SemaphoreSlim _one = new(1, 1);
    private readonly CancellationTokenSource _stopping = new();
    private volatile CacheNotes? _notes;
    private ITimer? _timer;

    internal PriceRefresh(PriceRefreshOptions options, IHttpClientFactory clients, CurrentTable table, ObservabilityCore core)
    {
        _options = options;
        _table = table;
        _core = core;
        _download = new PriceDownload(clients, options.Url);
        _cache = options.CacheFile is { } path ? new PriceCache(path) : null;
        _news = new PriceRefreshNews(core);
        _place = CacheNotes.HashOf(Encoding.UTF8.GetBytes(options.Url.AbsoluteUri));
    }

    /// <summary>Gets the version of the table in force, as receipts name it: <c>genai-prices 0.1.8</c> for that of the package, otherwise <c>genai-prices sha256:</c> and the first 12 digits of its hash.</summary>
    public string Version => _table.Now.Version;

    private TimeSpan Age => _core.Clock.GetUtcNow() - _table.CurrentAt;

    /// <summary>Asks for the table now, and prices calls by it from now on where it is another one and passes the checks.</summary>
    /// <param name="cancellationToken">Ends it; the table in force stays.</param>
    /// <returns>What came of it. Refreshes run one after the other, so that one that runs already is waited for first.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled, or the root has ended.</exception>
    /// <exception cref="ObjectDisposedException">The root had ended before.</exception>
    public async Task<PriceRefreshResult> RefreshAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, this);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping.Token);
        await _one.WaitAsync(ending.Token).ConfigureAwait(false);
        try
        {
            var (outcome, reason) = await TryAsync(ending.Token).ConfigureAwait(false);
            var result = new PriceRefreshResult(outcome, Version, reason is null ? null : LogText.Line(reason));
            _news.Tell(result);
            _news.TellOfAge(Age, Version);
            return result;
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>Ends the refresh; the table in force stays. The container does so.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        _stopping.Cancel();
    }

    /// <summary>Takes the table that was kept by the run before, and starts to ask for a newer one.</summary>
    internal void Start()
    {
        TakeKept();
        _news.TellOfAge(Age, Version);
        _core.Meter.Gauge<double>(
            "aiobs.prices.age", () => [new(Math.Max(0, Age.TotalSeconds))], "s", "For how long the price table in force was not known to be current.");
        if (_options.Interval > TimeSpan.Zero)
        {
            _timer = Quietly.Start(() => _core.Clock.CreateTimer(
                static refresh => _ = Task.Run(((PriceRefresh)refresh!).RefreshBesideAsync), this, TimeSpan.Zero, _options.Interval));
        }
    }

    private Task RefreshBesideAsync() => _core.Faults.RunAsync(PriceRefreshNews.Part, this, static async refresh =>
    {
        try
        {
            await refresh.RefreshAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The root has ended: nothing has failed.
        }
    });

    private async Task<(PriceRefreshOutcome Outcome, string? Reason)> TryAsync(CancellationToken ending)
    {
        using var limit = new CancellationTokenSource(_options.Timeout, _core.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ending, limit.Token);
        try
        {
            return (await FetchAsync(either.Token).ConfigureAwait(false), null);
        }
        catch (Exception exception) when (ending.IsCancellationRequested)
        {
            // What is cut off in the middle throws this and that.
            throw new OperationCanceledException(exception.Message, exception, ending);
        }
        catch (InvalidDataException exception)
        {
            return (PriceRefreshOutcome.Rejected, exception.Message);
        }
        catch (OperationCanceledException)
        {
            return (PriceRefreshOutcome.Failed, $"There was no whole answer within {_options.Timeout}.");
        }
#pragma warning disable CA1031 // Whatever HTTP and its retries throw, the prices in force stay.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return (PriceRefreshOutcome.Failed, exception.Message);
        }
    }

    private async Task<PriceRefreshOutcome> FetchAsync(CancellationToken cancellationToken)
    {
        var downloaded = await _download.GetAsync(_notes is { ETag.Length: > 0 } known ? known.ETag : null, cancellationToken).ConfigureAwait(false);
        var now = _core.Clock.GetUtcNow();
        if (downloaded is null)
        {
            Keep(null, _notes! with { CurrentAt = now });
            return PriceRefreshOutcome.NotModified;
        }

        var signature = _options.PublicKey is null ? [] : await _download.GetSignatureAsync(cancellationToken).ConfigureAwait(false);
        var notes = new CacheNotes(_place, downloaded.ETag ?? "", CacheNotes.HashOf(downloaded.Bytes), signature, now);
        if (notes.Hash == _notes?.Hash)
        {
            Keep(downloaded.Bytes, notes);
            return PriceRefreshOutcome.NotModified;
        }

        Take(downloaded.Bytes, notes);
        Keep(downloaded.Bytes, notes);
        return PriceRefreshOutcome.Updated;
    }

    /// <summary>Prices by a table from now on.</summary>
    /// <exception cref="InvalidDataException">It does not pass the checks.</exception>
    private void Take(byte[] bytes, CacheNotes notes)
    {
        if (_options.Sha256 is { } hash && !hash.Equals(notes.Hash, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException($"Its SHA-256 is {notes.Hash}, another one than {PriceRefreshOptions.SectionName}:{nameof(_options.Sha256)} asks for.");
        }

        if (_options.PublicKey is { } key && !TableSignature.Fits(key, bytes, notes.Signature))
        {
            throw new InvalidDataException($"It is not signed with the key of {PriceRefreshOptions.SectionName}:{nameof(_options.PublicKey)}.");
        }

        var table = PublishedPrices.Read(bytes);
        TableComparison.Check(PriceTable.Default.Rules, table.Rules, _core.Clock.GetUtcNow());
        _table.Replace(new TablePricing(table, PriceSource.Table));
        _table.CurrentAt = notes.CurrentAt;
        _notes = notes;
    }

    private void TakeKept()
    {
        try
        {
            // A table that is older than that of the package was kept by an older version of it.
            if (_cache?.Read() is { } kept && kept.Notes.CurrentAt >= EmbeddedPrices.Published)
            {
                Take(kept.Bytes, kept.Notes.Place == _place ? kept.Notes : kept.Notes with { Place = _place, ETag = "" });
            }
        }
        catch (InvalidDataException exception)
        {
            _news.TellOfCache($"{exception.Message} The table of the package is in force until one is fetched.");
        }
    }

    private void Keep(byte[]? bytes, CacheNotes notes)
    {
        _notes = notes;
        _table.CurrentAt = notes.CurrentAt;
        try
        {
            _cache?.Write(bytes, notes);
            _news.TellOfCache(null);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // What is not kept is fetched whole the next time.
            _notes = notes with { ETag = "" };
            _news.TellOfCache($"{exception.Message} The next run starts without it.");
        }
    }
}
