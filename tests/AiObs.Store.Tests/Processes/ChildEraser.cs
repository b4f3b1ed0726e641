using System.Diagnostics;
using AiObs.Store.Tests.Databases;

namespace AiObs.Store.Tests.Processes;

/// <summary>Is a process of its own that erases the ids of a user from costs. It ends with the test at the latest.</summary>
internal sealed class ChildEraser : IDisposable
{
    private readonly Process _process;

    public ChildEraser(TestDatabase database, string user) => _process = Process.Start(new ProcessStartInfo(
        "dotnet", [typeof(ChildEraser).Assembly.Location, EraserProcess.Switch, .. database.ProcessArguments, user])
    {
        RedirectStandardOutput = true,
    })!;

    /// <summary>Waits until the erasure begins.</summary>
    public async Task WaitForBeginAsync(CancellationToken cancellationToken) =>
        Assert.Equal(EraserProcess.Begins, await _process.StandardOutput.ReadLineAsync(cancellationToken));

    /// <summary>Ends the process without a chance to clean up.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }
}
