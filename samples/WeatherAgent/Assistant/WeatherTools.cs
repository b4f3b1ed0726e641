using System.ComponentModel;
using Microsoft.Extensions.AI;

namespace WeatherAgent.Assistant;

/// <summary>Holds the tools of the assistant.</summary>
internal static class WeatherTools
{
    private static readonly TimeSpan ServiceTime = TimeSpan.FromMilliseconds(40);

    private static readonly Dictionary<string, (WeatherReport Today, WeatherReport Tomorrow)> Stations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Lisbon"] = (new("Lisbon", 21, "sunshine"), new("Lisbon", 23, "sunshine")),
        ["Nairobi"] = (new("Nairobi", 24, "scattered clouds"), new("Nairobi", 22, "a thunderstorm")),
        ["Oslo"] = (new("Oslo", 4, "light snow"), new("Oslo", 2, "snow showers")),
        ["Tokyo"] = (new("Tokyo", 17, "rain"), new("Tokyo", 19, "a clear sky")),
    };

    public static IList<AITool> Create() =>
    [
        AIFunctionFactory.Create(GetWeatherAsync, "get_weather"),
        AIFunctionFactory.Create(GetForecastAsync, "get_forecast"),
    ];

    [Description("Gets the weather in a city right now.")]
    private static async Task<WeatherReport> GetWeatherAsync(string city, CancellationToken cancellationToken) =>
        (await AskStationAsync(city, cancellationToken)).Today;

    [Description("Gets tomorrow's weather in a city.")]
    private static async Task<WeatherReport> GetForecastAsync(string city, CancellationToken cancellationToken) =>
        (await AskStationAsync(city, cancellationToken)).Tomorrow;

    private static async Task<(WeatherReport Today, WeatherReport Tomorrow)> AskStationAsync(string city, CancellationToken cancellationToken)
    {
        // As slow as a weather service, so that calls side by side show in the spans.
        await Task.Delay(ServiceTime, cancellationToken);

        return Stations.TryGetValue(city, out var reports)
            ? reports
            : throw new ArgumentException($"There is no weather station in {city}.");
    }
}
