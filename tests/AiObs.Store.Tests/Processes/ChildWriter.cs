using System.Diagnostics;
using System.Globalization;
using AiObs.Store.Tests.Databases;

namespace AiObs.Store.Tests.Processes;

/// <summary>Is a process of its own that appends batches to a database. It ends with the test at the latest.</summary>
internal sealed class ChildWriter : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _error;
    private readonly int _batchSize;

    public ChildWriter(TestDatabase database, int first, int batchSize, int batchCount, string program = WriterProcess.Switch)
    {
        _batchSize = batchSize;
        string[] numbers = [.. new[] { first, batchSize, batchCount }.Select(static number => number.ToString(CultureInfo.InvariantCulture))];
        _process = Process.Start(new ProcessStartInfo(
            "dotnet", [typeof(ChildWriter).Assembly.Location, program, .. database.ProcessArguments, .. numbers])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>Waits for batches to be acknowledged and returns the numbers of their events; fewer when the process ends before.</summary>
    public async Task<List<int>> ReadAcknowledgedAsync(int batchCount, CancellationToken cancellationToken)
    {
        List<int> acknowledged = [];
        while (batchCount-- > 0 && await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            acknowledged.AddRange(Enumerable.Range(int.Parse(line, CultureInfo.InvariantCulture), _batchSize));
        }

        return acknowledged;
    }

    /// <summary>Gets the process.</summary>
    public int Id => _process.Id;

    /// <summary>Waits for a batch to be refused, and returns why, and the numbers of the events that were acknowledged before.</summary>
    public async Task<(string Refusal, List<int> Acknowledged)> ReadRefusalAsync(CancellationToken cancellationToken)
    {
        List<int> acknowledged = [];
        while (await _process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(WriterProcess.Refused, StringComparison.Ordinal))
            {
                return (line[WriterProcess.Refused.Length..], acknowledged);
            }

            acknowledged.AddRange(Enumerable.Range(int.Parse(line, CultureInfo.InvariantCulture), _batchSize));
        }

        throw new InvalidOperationException($"The writer has ended: {await _error}");
    }

    /// <summary>Lets the process try again.</summary>
    public async Task TryAgainAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Ends the process without a chance to clean up, and returns what it had acknowledged that was not read yet.</summary>
    public async Task<List<int>> KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        return await ReadAcknowledgedAsync(int.MaxValue, cancellationToken);
    }

    /// <summary>Waits for the process to end by itself, and returns what it had acknowledged that was not read yet.</summary>
    public async Task<List<int>> FinishAsync(CancellationToken cancellationToken)
    {
        var acknowledged = await ReadAcknowledgedAsync(int.MaxValue, cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        Assert.True(_process.ExitCode == 0, await _error);
        return acknowledged;
    }

    public void Dispose()
    {
        // Does nothing when the process has ended.
        _process.Kill();
        _process.Dispose();
    }
}
