using System.Diagnostics;

namespace FakeModelServer.Tests;

/// <summary>Is a stand-alone server, which ends with the test at the latest.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    public ServerProcess(params string[] arguments) =>
        _process = Process.Start(new ProcessStartInfo("dotnet", [typeof(FakeServer).Assembly.Location, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;

    public StreamReader Output => _process.StandardOutput;

    public StreamReader Error => _process.StandardError;

    public async Task<int> WaitForExitCodeAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);

        return _process.ExitCode;
    }

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        // Does nothing when the process has ended.
        _process.Kill();
        _process.Dispose();
    }
}
