using System.Net;
using System.Net.Sockets;

namespace AiObs.Cost.Pricing;

/// <summary>Tells hosts of one's own network, of which a name says nothing.</summary>
internal static class LocalHosts
{
    private static readonly IPNetwork[] Networks =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("169.254.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("fc00::/7"),
        IPNetwork.Parse("fe80::/10"),
    ];

    private static readonly string[] Suffixes = [".local", ".localhost", ".internal", ".lan", ".home.arpa", ".svc"];

    public static bool Contain(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            var plain = address is { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;
            return IPAddress.IsLoopback(plain) || IsAny(plain) || Array.Exists(Networks, network => network.Contains(plain));
        }

        var name = host.TrimEnd('.');
        return !name.Contains('.', StringComparison.Ordinal) || Array.Exists(Suffixes, suffix => name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
    }

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
