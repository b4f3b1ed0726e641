using WeatherAgent.Screen;

namespace WeatherAgent;

/// <summary>Asks the weather assistant and shows what AiObs saw.</summary>
internal static class Program
{
    private const int WrongArguments = 2;

    public static async Task<int> Main(string[] args)
    {
        var screen = new Terminal();
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
