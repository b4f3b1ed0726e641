using Microsoft.Extensions.Configuration;
using OpenTelemetry.Exporter;

namespace AiObs.OpenTelemetry.Exporters.Otlp;

/// <summary>Any backend that speaks OTLP.</summary>
internal sealed class OtlpBackendPreset : ExporterPreset<OtlpBackendExporterOptions>
{
    public override string DefaultName => "OtlpBackend";

    public override void ReadEnvironment(OtlpBackendExporterOptions options, Func<string, string?> read)
    {
        // The variables of OTLP belong to the exporter of the SDK.
    }

    public override void Bind(IConfiguration section, OtlpBackendExporterOptions options) => section.Bind(options);

    public override BackendTarget Describe(OtlpBackendExporterOptions options) => new()
    {
        // With gRPC the exporter appends the name of the service.
        Endpoint = options.Protocol == OtlpExportProtocol.Grpc ? options.Endpoint! : BackendAddress.ForTraces(options.Endpoint!),
        Protocol = options.Protocol,
    };

    protected override void FindProblems(OtlpBackendExporterOptions options, ProblemList problems)
    {
        if (!Enum.IsDefined(options.Protocol))
        {
            problems.Add(nameof(options.Protocol), $"has the unknown value {(int)options.Protocol}. Use HttpProtobuf or Grpc.");
        }
    }
}
