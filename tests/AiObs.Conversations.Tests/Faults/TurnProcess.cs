using System.Diagnostics;
using System.Globalization;
using AiObs.Conversations.Tests.Databases;

namespace AiObs.Conversations.Tests.Faults;

/// <summary>Is a process of its own that does turns, and says of each moment when it is there. It ends with the test at the latest.</summary>
internal sealed class TurnProcess : IDisposable
{
    private const string Switch = "--turns";

    private readonly Process _process;

    /// <summary>Starts to do turns.</summary>
    /// <param name="store">Where they are kept.</param>
    /// <param name="isStreaming">Whether they are streams.</param>
    /// <param name="first">The number of the first one.</param>
    /// <param name="last">At which moment of a turn the process says so and waits; <see langword="null"/> for none.</param>
    public TurnProcess(TestStore store, bool isStreaming, int first, TurnStep? last) => _process = Process.Start(new ProcessStartInfo(
        "dotnet", [typeof(TurnProcess).Assembly.Location, Switch, .. store.Arguments, isStreaming.ToString(), first.ToString(CultureInfo.InvariantCulture), last?.ToString() ?? ""])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    public static bool IsMeant(string[] arguments) => arguments is [Switch, ..];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (isStreaming, first, last) = (bool.Parse(arguments[3]), int.Parse(arguments[4], CultureInfo.InvariantCulture), arguments[5]);
        await using var host = new TurnHost(arguments[1..3], async step =>
        {
            if (step.ToString() == last)
            {
                await SayAsync(last);
                await Task.Delay(Timeout.Infinite);
            }
        });
        for (var number = first; ; number++)
        {
            await host.AskAsync(number, isStreaming, CancellationToken.None);
            await SayAsync(number.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>Waits for the process to say something, and returns that.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync(cancellationToken));

    /// <summary>Ends the process without a chance to clean up, and returns what it had said that was not read yet.</summary>
    public async Task<string[]> KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        var left = await _process.StandardOutput.ReadToEndAsync(cancellationToken);
        await _process.WaitForExitAsync(cancellationToken);
        return left.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public void Dispose()
    {
        // Does nothing when the process has ended.
        _process.Kill();
        _process.Dispose();
    }

    private static async Task SayAsync(string text)
    {
        await Console.Out.WriteLineAsync(text);
        await Console.Out.FlushAsync();
    }
}
