using AiObs.Cost.Tables;
using Microsoft.Extensions.Logging;

namespace AiObs.Cost.Pricing;

/// <summary>The price file that the options name, read again whenever its content has changed.</summary>
/// <remarks>
/// It compares content in an interval, instead of listening to the file system: that also holds on network shares, on mounted volumes
/// whose files are links that move, and where a clock or a backup sets times back.
/// </remarks>
internal sealed class PriceFile : IDisposable
{
    private const string Part = "price_file";

    private readonly string _path;
    private readonly Faults _faults;
    private readonly ILogger _logger;
    private readonly ITimer? _timer;
    private volatile InForce _inForce = new(PricingRules.Empty, null, null);
    private byte[]? _seen;
    private string? _problem;
    private int _isChecking;

    public PriceFile(string path, TimeSpan interval, Faults faults, ILogger logger, TimeProvider clock)
    {
        _path = Path.GetFullPath(path);
        _faults = faults;
        _logger = logger;
        Check();
        if (interval > TimeSpan.Zero)
        {
            _timer = Quietly.Start(
                () => clock.CreateTimer(static file => ((PriceFile)file!).CheckGuarded(), this, interval, interval));
        }
    }

    /// <summary>Gets what the file said when it was last correct.</summary>
    public PricingRules Rules => _inForce.Rules;

    /// <summary>Gets the table that the file was when it was last correct; <see langword="null"/> where it was none.</summary>
    public IPriceTable? Table => _inForce.Table;

    /// <summary>Gets the overlay that the file had when it was last correct; <see langword="null"/> where it had none.</summary>
    public PriceOverlay? Overlay => _inForce.Overlay;

    public void Dispose() => _timer?.Dispose();

    private void CheckGuarded() => _faults.Run(Part, this, static file => file.Check());

    private void Check()
    {
        // A slow disk may take longer than the interval.
        if (Interlocked.Exchange(ref _isChecking, 1) == 1)
        {
            return;
        }

        try
        {
            var (bytes, problem) = PriceFileBytes.Read(_path);
            if (bytes is null)
            {
                _seen = null;
                Warn(PriceFileReader.Unreadable(_path, problem!));
            }
            else if (_seen is null || !bytes.AsSpan().SequenceEqual(_seen))
            {
                _seen = bytes;
                Apply(PriceFileReader.Parse(bytes, _path));
            }
        }
        finally
        {
            Volatile.Write(ref _isChecking, 0);
        }
    }

    private void Apply(PriceFileContent content)
    {
        if (content.Problems.Count > 0)
        {
            Warn(content);
            return;
        }

        _problem = null;
        _inForce = new(PricingRules.Of(content.Rules, content.Version), content.Table, content.Overlay);
    }

    private void Warn(PriceFileContent content)
    {
        var problem = content.Problems[0];
        if (problem != _problem)
        {
            _problem = problem;
            _faults.Count(Part);
            _logger.PriceFileNotUsed(problem, content.Problems.Count - 1);
        }
    }

    private sealed record InForce(PricingRules Rules, IPriceTable? Table, PriceOverlay? Overlay);
}
