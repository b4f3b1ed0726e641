using OpenTelemetry.Exporter;

namespace AiObs.OpenTelemetry.Backends;

/// <summary>What is particular about one backend; <see cref="BackendRules"/> has one of each.</summary>
/// <typeparam name="TOptions">The options of the backend.</typeparam>
internal sealed class BackendRule<TOptions>
    where TOptions : BackendExporterOptionsBase
{
    /// <summary>Gets the name of the exporter, and of its section, unless the application gives another.</summary>
    public required string Name { get; init; }

    /// <summary>Gets the page that lists its options.</summary>
    public required string Page { get; init; }

    /// <summary>Gets the environment variables for the address, the first one that is set counts.</summary>
    public string[] AddressVariables { get; init; } = [];

    /// <summary>Gets where the backend is when no address is set; <see langword="null"/> where one must be.</summary>
    public BackendPlace<TOptions>? Place { get; init; }

    /// <summary>Gets the path below which the backend keeps OTLP.</summary>
    public string OtlpPath { get; init; } = "";

    /// <summary>Gets what tells that an address has that path; <see langword="null"/> for the path itself.</summary>
    public string? OtlpPathMark { get; init; }

    /// <summary>Gets what carries the spans; <see langword="null"/> for HTTP alone.</summary>
    public Func<TOptions, OtlpExportProtocol>? Protocol { get; init; }

    /// <summary>Gets the texts that the backend has to be told.</summary>
    public BackendSetting<TOptions>[] Settings { get; init; } = [];

    /// <summary>Gets the headers that the backend asks for; one without a value is not sent.</summary>
    public Dictionary<string, Func<TOptions, string?>> Headers { get; init; } = [];

    /// <summary>Gets the attributes that the backend wants on the resource; one without a value is not set.</summary>
    public Dictionary<string, Func<TOptions, string?>> Resource { get; init; } = [];

    /// <summary>Gets how many spans one request holds at most where the application does not say, so that it stays below the backend's limit.</summary>
    public int LargestBatch { get; init; } = int.MaxValue;

    /// <summary>Gets a value indicating whether requests are compressed whatever the environment says.</summary>
    public bool IsCompressed { get; init; }

    /// <summary>Gets what else is read of the environment.</summary>
    public Action<TOptions, Func<string, string?>>? ReadMore { get; init; }

    /// <summary>Gets what else must hold.</summary>
    public Action<TOptions, OptionChecks>? CheckMore { get; init; }

    /// <summary>Tells whether the backend has an option that not every one has.</summary>
    public bool Has(string option) =>
        option == Place?.Option || Settings.Any(setting => setting.Option == option) || (option == nameof(Protocol) && Protocol is not null);

    /// <summary>Sets what the backend's own environment variables say.</summary>
    /// <param name="options">The options.</param>
    /// <param name="read">Returns the value of a variable; <see langword="null"/> for those not set.</param>
    public void ReadEnvironment(TOptions options, Func<string, string?> read)
    {
        if (AddressVariables.Select(read).FirstOrDefault(static value => value is not null) is { } address)
        {
            options.Endpoint = BackendAddress.Read(address);
        }

        foreach (var setting in Settings)
        {
            if (read(setting.Variable) is { } value)
            {
                setting.Set(options, value);
            }
        }

        ReadMore?.Invoke(options, read);
    }

    /// <summary>Returns the address that requests go to, path of the signal included. The options must be valid.</summary>
    public Uri AddressOf(TOptions options)
    {
        var endpoint = options.Endpoint ?? new Uri(Place!.Find(options));

        // With gRPC the exporter appends the name of the service.
        return ProtocolOf(options) == OtlpExportProtocol.Grpc ? endpoint : BackendAddress.ForTraces(endpoint, OtlpPath, OtlpPathMark ?? OtlpPath);
    }

    public OtlpExportProtocol ProtocolOf(TOptions options) => Protocol?.Invoke(options) ?? OtlpExportProtocol.HttpProtobuf;

    public IEnumerable<KeyValuePair<string, string>> HeadersOf(TOptions options) => ValuesOf(Headers, options);

    public IEnumerable<KeyValuePair<string, string>> ResourceOf(TOptions options) => ValuesOf(Resource, options);

    private static IEnumerable<KeyValuePair<string, string>> ValuesOf(Dictionary<string, Func<TOptions, string?>> wanted, TOptions options) =>
        from pair in wanted
        let value = pair.Value(options)
        where !string.IsNullOrEmpty(value)
        select KeyValuePair.Create(pair.Key, value);
}
