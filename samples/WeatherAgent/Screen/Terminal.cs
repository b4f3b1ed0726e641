using System.Text;
using Spectre.Console;

namespace WeatherAgent.Screen;

/// <summary>Is where the sample prints: in colour on a terminal, plain and of a fixed width when piped.</summary>
internal sealed class Terminal
{
    private const int PipedWidth = 100;

    public Terminal()
    {
        Console.OutputEncoding = Encoding.UTF8;
        Out = Create(Console.Out, Console.IsOutputRedirected);
    }

    public IAnsiConsole Out { get; }

    public void ShowError(string message)
    {
        Out.Profile.Out.Writer.Flush();
        Console.Error.WriteLine(PlainText.Clean(message));
    }

    private static IAnsiConsole Create(TextWriter writer, bool isPiped)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isPiped ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = isPiped ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,

            // Build servers would be given colours even when piped.
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });

        if (isPiped)
        {
            console.Profile.Width = PipedWidth;
            console.Profile.Capabilities.Unicode = true;
        }

        return console;
    }
}
