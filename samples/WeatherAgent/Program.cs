using WeatherAgent.Screen;

namespace WeatherAgent;

/// <summary>Asks the weather assistant and shows what AiObs saw.</summary>
internal static class Program
{
    private const int WrongArguments = 2;

    public static Task<int> Main(string[] args) => RunAsync(args, Terminal.OfTheProcess());

    /// <summary>Does what the arguments ask for, and returns the exit code.</summary>
    public static async Task<int> RunAsync(string[] args, Terminal screen)
    {
        var commandLine = CommandLine.Create(screen);
        var arguments = commandLine.Parse(args);

        if (arguments.Errors.Count > 0)
        {
            screen.ShowError($"{string.Join(' ', arguments.Errors.Select(error => error.Message))} Try --help.");

            return WrongArguments;
        }

        return await arguments.InvokeAsync();
    }
}
